"""The base of every record in the model."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen record that knows exactly its own fields; each has a German label (title) and help (description)."""

    # A model is compiled when it is first used: no build uses them all.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)
