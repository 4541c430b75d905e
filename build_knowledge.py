"""The wheel's build hook: compile data/ into the one JSON file that an installed copy reads."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KnowledgeBuildHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        root = Path(self.root)
        package = root / "src" / "mladvisor" / "knowledge"
        # Loaded by path: at build time neither the package nor its dependencies are installed.
        spec = importlib.util.spec_from_file_location("compile_data", package / "compile.py")
        assert spec is not None
        assert spec.loader is not None
        compile_data = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(compile_data)
        compile_data.write(compile_data.compile_folders(root / "data"), package / "knowledge.json")
