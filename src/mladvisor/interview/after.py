"""A look around after the result: another path, one answer changed, the plan, saved or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mladvisor.interview.ask import Interview
from mladvisor.interview.screens import Move, Port, Screen
from mladvisor.recommendation.document import Recommendation
from mladvisor.report.look import Look
from mladvisor.report.phrases import signed

QUIT = "q"


@dataclass(eq=False)
class Around:
    """The result as it stands, and what can be done with it.

    `advise` computes the recommendation for the answers as they are; `save` writes the report or
    the answers to a file and returns what is wrong with its name, None where it was written.
    """

    interview: Interview
    document: Recommendation
    advise: Callable[[], Recommendation]
    save: Callable[[Recommendation, str], str | None]
    shown: Look

    def look(self) -> None:
        """Offer one key for each thing, again and again; the keys of leaving end it at once."""
        actions = {
            "f": lambda: self.shown.whole(self.document),
            "p": self._path,
            "c": self._change,
            "k": lambda: self.shown.plan(self.document),
            "s": self._save,
        }
        keys = {letter: self._text(f"key_{letter}") for letter in (*actions, QUIT)}
        try:
            while (key := self._port.key(self._now(), keys)) != QUIT:
                actions[key]()
        except (KeyboardInterrupt, EOFError):
            return

    @property
    def _port(self) -> Port:
        return self.interview.port

    def _now(self) -> str:
        verdict = self.document.verdict
        share = round(100 * verdict.firmness.share)
        return self._text(
            "now", headline=verdict.headline, label=verdict.firmness.label, share=share
        )

    def _path(self) -> None:
        ranking = {path.path: path for path in self.document.ranking}
        lines = {name: f"{path.title}: {signed(path.fit)}" for name, path in ranking.items()}
        screen = Screen(title=self._text("path_title"), back=True)
        picked = self._port.pick(screen, lines, None)
        if not isinstance(picked, Move):
            self.shown.path(self.document, ranking[picked])

    def _change(self) -> None:
        if not self.interview.change():
            return
        before, self.document = self.document, self.advise()
        self.shown.moved(before, self.document)

    def _save(self) -> None:
        screen = Screen(title=self._text("save_title"), note=self._text("save_note"), back=True)

        def wrong(name: str) -> str | None:
            return self.save(self.document, name.strip())

        name = self._port.write(screen, self._text("save_name"), wrong)
        if not isinstance(name, Move):
            self._port.tell(self._text("saved", name=name.strip()))

    def _text(self, name: str, /, **places: object) -> str:
        return str(self.interview.knowledge.texts["after"][name]).format(**places)
