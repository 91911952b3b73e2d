"""The door to norms that a city computed. Beside __init__.py because they lie in the database."""

from qingyan.instruments.actions.norming import keep_norm
from qingyan.instruments.models import LocalNorm, LocalNormCell
from qingyan.instruments.queries.local_norms import figures_of, local_norms, norms_of_round

__all__ = ["LocalNorm", "LocalNormCell", "figures_of", "keep_norm", "local_norms", "norms_of_round"]
