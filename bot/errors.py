"""The error tree of Joldosh. Expected outcomes (blocked by the person, text not modified) are
values, not errors.
"""


class JoldoshError(Exception):
    """Anything that Joldosh raises on purpose. Its message says what to do next, for staff or
    operators.
    """


class SettingsError(JoldoshError):
    """The environment asks for something that cannot be started."""


class ContentError(JoldoshError):
    """Content files that cannot become a catalogue."""


class StoreUnavailable(JoldoshError):
    """The database or Redis does not answer; the same update may succeed when it is delivered
    again.
    """


class DoorUnavailable(JoldoshError):
    """The messenger does not answer; the same update may succeed when it is delivered again."""


class NotPossible(JoldoshError):
    """What a person in the local chat cannot do. Its message says why."""


class PublishingUnavailable(JoldoshError):
    """The content folder or its repository cannot be written. Nothing is lost; the same publication may succeed later."""
