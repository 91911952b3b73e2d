"""State machines as data. One row per step; guards, buttons, database checks, diagrams and tests come from the table.

Decides which step is allowed from which state and by when; never reads a clock and never saves.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


class NotAllowed(Exception):
    """This step does not exist from this state, or something it needs is missing."""


@dataclass(frozen=True)
class State:
    """A state: stable code, words for people, who owns it, and how long it may last (None: terminal or unlimited)."""

    code: str
    title: str
    owner: str = ""
    within: timedelta | None = None
    terminal: bool = False


@dataclass(frozen=True)
class Step:
    """From one state to another by a verb; `needs` names inputs that must not be empty."""

    verb: str
    origin: str
    target: str
    title: str
    needs: tuple[str, ...] = ()
    after: timedelta | None = None


@dataclass(frozen=True)
class Workflow:
    """A named machine. Raises ValueError at import when a step names an unknown state or repeats verb and origin."""

    name: str
    initial: str
    state_list: tuple[State, ...]
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        known = set(self.states())
        if self.initial not in known:
            raise ValueError(f"{self.name}: unknown initial state {self.initial}")
        seen: set[tuple[str, str]] = set()
        for step in self.steps:
            if {step.origin, step.target} - known:
                raise ValueError(f"{self.name}: step {step.verb} names an unknown state")
            if (step.verb, step.origin) in seen:
                raise ValueError(f"{self.name}: two steps {step.verb} from {step.origin}")
            if self.state(step.origin).terminal:
                raise ValueError(f"{self.name}: terminal state {step.origin} has an exit")
            seen.add((step.verb, step.origin))

    def states(self) -> list[str]:
        """All state codes, for a check constraint."""
        return [state.code for state in self.state_list]

    def choices(self) -> list[tuple[str, str]]:
        """(code, title) pairs for a model field."""
        return [(state.code, state.title) for state in self.state_list]

    def state(self, code: str) -> State:
        """The state with this code. Raises KeyError."""
        return {state.code: state for state in self.state_list}[code]

    def steps_from(self, code: str) -> list[Step]:
        """The steps that a person could take now: the buttons."""
        return [step for step in self.steps if step.origin == code]

    def title_of(self, *, verb: str, origin: str) -> str:
        """The words of the step that was taken: a verb may be called otherwise from another state. "" for none."""
        alike = [step for step in self.steps if step.verb == verb]
        return next((step.title for step in alike if step.origin == origin), alike[0].title if alike else "")

    def target(self, *, verb: str, origin: str, given: dict[str, object] | None = None) -> str:
        """The state after this verb. Raises NotAllowed when it is not a step from here or a need is missing."""
        for step in self.steps_from(origin):
            if step.verb == verb:
                missing = [need for need in step.needs if not (given or {}).get(need)]
                if missing:
                    raise NotAllowed(f"{self.name}: {verb} needs {', '.join(missing)}")
                return step.target
        raise NotAllowed(f"{self.name}: no step {verb} from {origin}")

    def due(self, code: str, *, since: datetime) -> datetime | None:
        """When the state's time runs out, counted from `since`; None when it has no limit."""
        within = self.state(code).within
        return None if within is None else since + within

    def mermaid(self) -> str:
        """The diagram, as Mermaid text."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [f"    {step.origin} --> {step.target}: {step.title}" for step in self.steps]
        lines += [f"    {state.code} --> [*]" for state in self.state_list if state.terminal]
        return "\n".join(lines)
