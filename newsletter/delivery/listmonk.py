"""listmonk (6.0 to 6.2), spoken to by its HTTP interface (listmonk.app/docs/apis): the only place that knows it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from newsletter.delivery.listmonk_connection import ListmonkConnection, Unsure

__all__ = ["Campaign", "CampaignRequest", "Listmonk", "ListmonkList", "ServerConfig", "Template"]

T = TypeVar("T")

_EVERYTHING = {"per_page": "all"}
_ALSO_ON = "subscribers.id IN (SELECT subscriber_id FROM subscriber_lists WHERE list_id = {} AND status = 'confirmed')"


class _Answer(BaseModel):
    """A piece of an answer; what else stands in it is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ListmonkList(_Answer):
    """A list of subscribers."""

    id: int
    uuid: str
    name: str
    type: str
    """``public``: anybody can subscribe; ``private``."""

    optin: str
    """``double``: who subscribes confirms it; ``single``."""

    status: str = "active"
    """``archived``: out of use."""

    subscriber_statuses: Mapping[str, int] = {}
    """How many there are who ``confirmed``, are ``unconfirmed`` or ``unsubscribed``."""

    def has(self, key: str) -> bool:
        """Tell whether that is its UUID."""
        return self.uuid.lower() == key.lower()


class Template(_Answer):
    """What listmonk puts around the content of campaigns."""

    id: int
    name: str
    type: str
    body: str = ""


class _Named(_Answer):
    id: int


class _Total(_Answer):
    total: int


class _Privacy(_Answer):
    disable_tracking: bool
    """Whether neither opening nor clicking is counted, whatever templates say."""


class ServerConfig(_Answer):
    """What any user may know of the server."""

    version: str = ""
    privacy: _Privacy | None = None
    """Told since version 6.1."""


class CampaignContent(_Answer):
    """What a campaign says, as far as a letter determines it."""

    subject: str
    from_email: str
    """With a name before it, as a header says it."""

    body: str
    altbody: str | None
    content_type: str
    headers: list[dict[str, str]] | dict[str, str] | None
    template_id: int | None


class CampaignRequest(CampaignContent):
    """A campaign as it is to be, in the words of the interface."""

    name: str
    lists: tuple[int, ...]
    """Ids."""

    tags: tuple[str, ...]
    send_at: datetime | None
    type: str = "regular"
    messenger: str = "email"


class Campaign(CampaignContent):
    """A campaign as listmonk has it."""

    id: int
    name: str
    status: str
    """``draft``, ``scheduled``, ``running``, ``paused``, ``finished`` or ``cancelled``."""

    tags: tuple[str, ...]
    lists: tuple[_Named, ...]
    send_at: AwareDatetime | None
    to_send: int = 0
    sent: int = 0

    def says(self, wanted: CampaignRequest) -> bool:
        """Tell whether it goes to the same lists and says the same."""
        own, other = (CampaignContent.model_validate(one.model_dump()) for one in (self, wanted))
        return own == other and {one.id for one in self.lists} == set(wanted.lists)


class Listmonk:
    """A server of listmonk. What it answers is checked; what it refuses is raised as `Refusal`."""

    def __init__(self, connection: ListmonkConnection) -> None:
        """Take how to speak to it."""
        self._connection = connection

    def config(self) -> ServerConfig:
        """Return what any user may know of the server."""
        return _read(ServerConfig, self._connection.get("config", {}))

    def lists(self) -> Sequence[ListmonkList]:
        """Return the lists that the user may see."""
        return self._results(ListmonkList, "lists", _EVERYTHING)

    def on_both(self, one: int, other: int) -> int:
        """Return how many confirmed subscribers are on both of two lists, by their ids.

        Raises:
            Refusal: the user may not ask that; it takes the permission ``subscribers:sql_query``.
        """
        query = {
            "list_id": str(one),
            "subscription_status": "confirmed",
            "query": _ALSO_ON.format(int(other)),
            "per_page": "1",
        }
        return _read(_Total, self._connection.get("subscribers", query)).total

    def templates(self) -> Sequence[Template]:
        """Return all templates."""
        return _read(list[Template], self._connection.get("templates", {"no_body": "false"}))

    def create_template(self, name: str, body: str) -> Template:
        """Make a template for campaigns.

        Raises:
            Unsure: it may have been made.
            Refusal: it was not.
        """
        return _read(
            Template, self._connection.send("POST", "templates", {"name": name, "type": "campaign", "body": body})
        )

    def campaigns(self, tag: str) -> Sequence[Campaign]:
        """Return the campaigns with a tag, the oldest first."""
        # The documentation names the parameter „tags“, the program reads „tag“; whatever else comes is left out here.
        query = {"tag": tag, "no_body": "false", "order_by": "created_at", "order": "ASC", **_EVERYTHING}
        return [found for found in self._results(Campaign, "campaigns", query) if tag in found.tags]

    def campaign(self, id_: int) -> Campaign:
        """Return a campaign as it is now."""
        return _read(Campaign, self._connection.get(f"campaigns/{id_}", {}))

    def create_campaign(self, wanted: CampaignRequest) -> None:
        """Make a draft of a campaign.

        Raises:
            Unsure: it may have been made.
            Refusal: it was not.
        """
        self._connection.send("POST", "campaigns", wanted.model_dump(mode="json"))

    def update_campaign(self, id_: int, wanted: CampaignRequest) -> None:
        """Change a draft.

        Raises:
            Unsure: it may have been changed.
            Refusal: it was not.
        """
        self._connection.send("PUT", f"campaigns/{id_}", wanted.model_dump(mode="json"))

    def start(self, id_: int, *, is_scheduled: bool) -> None:
        """Let a draft be sent: now, or at the time it says.

        Raises:
            Unsure: it may be on its way.
            Refusal: it is not.
        """
        # Where a draft says a time, listmonk takes „running“ for „scheduled“, and still answers „running“.
        self._connection.send("PUT", f"campaigns/{id_}/status", {"status": "scheduled" if is_scheduled else "running"})

    def send_test(self, id_: int, wanted: CampaignRequest, address: str) -> None:
        """Send a draft to one subscriber.

        Raises:
            Unsure: it may have been sent.
            Refusal: it was not, for instance since nobody with that address is known.
        """
        fields = {**wanted.model_dump(mode="json"), "subscribers": [address]}
        self._connection.send("POST", f"campaigns/{id_}/test", fields)

    def _results(self, kind: type[T], path: str, query: Mapping[str, str]) -> list[T]:
        data = self._connection.get(path, query)
        return _read(list[kind], data.get("results") if isinstance(data, dict) else data)  # type: ignore[valid-type]


def _read(kind: type[T], data: Any) -> T:
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        fields = ", ".join(sorted({".".join(map(str, one["loc"])) for one in error.errors()})[:3])
        raise Unsure(
            f"listmonk antwortet anders, als Schaukasten es kennt ({fields}).",
            "Die Adresse prüfen, und ob es listmonk 6 ist.",
        ) from error
