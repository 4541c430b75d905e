"""What a path costs this person: after what the employer pays, and the pay given up for it."""

from __future__ import annotations

from typing import Any

import numpy as np

from mladvisor.axes import REAL
from mladvisor.knowledge.rows import Settings
from mladvisor.scenarios import Draws


def net_cost_usd(cost_usd: Any, months: Any, full_time: Any, draws: Draws) -> Any:
    """Return cost less the employer's money over the time of study, never below 0.

    The employer pays for each started year while the job goes on, so nothing for full-time study.
    Shapes broadcast.
    """
    years = np.ceil(np.where(np.isfinite(months), months, 0) / 12)
    help_usd = draws.values["employer_pays_usd_per_year"] * years * ~full_time
    return np.maximum(cost_usd - help_usd, 0)


def foregone_pay_usd(
    months: Any, full_time: Any, pays_usd_per_year: Any, draws: Draws, settings: Settings
) -> Any:
    """Return pay given up during full-time study, less what the path itself pays (a stipend).

    Monthly pay is a stated average of technical and other work, raised a little with each year of
    experience; nobody is asked what they earn.
    """
    numbers = settings.numbers
    technical = draws.values["technical_job"]
    monthly = np.where(
        technical,
        REAL(numbers["pay_technical_usd_per_month"]),
        REAL(numbers["pay_other_usd_per_month"]),
    )
    raised = 1 + numbers["pay_per_experience_year"] * draws.values["experience_years"]
    given_up = np.maximum(monthly * raised - pays_usd_per_year / 12, 0)
    return np.where(full_time, months * given_up, REAL(0))
