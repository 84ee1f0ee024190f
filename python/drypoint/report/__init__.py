"""Reports: a profile as one page to look at, which opens offline.

`dp.report(profile)` is the function; whatever else is here comes from this module, which is called
as the function.
"""

from drypoint._callable import make_callable
from drypoint.report._alerts import ALERTS, Alert
from drypoint.report._report import Report, report

__all__ = ["ALERTS", "Alert", "Report", "report"]

make_callable(__name__, report)
