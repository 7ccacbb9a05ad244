"""What a change of the texts does, put together from the built site, the published one and the plan."""

from datetime import datetime
from pathlib import Path

from generator.change_report import ChangeReport
from generator.engine.checking import look_ahead, plan_site
from generator.engine.project import alone, prepare_site
from generator.engine.publishing import make_sure_it_was_built, publishable
from generator.hints.table import hints
from generator.plan_report import HAPPENS, happenings
from generator.problems import ProblemsFound
from generator.progress import Progress
from generator.published import Published, read_published
from generator.reasons import moment_text, reasons
from generator.site_changes import site_changes
from generator.vanished import vanished

__all__ = ["report_changes"]


def report_changes(
    config_file: Path, published: Published | None, progress: Progress, *, days: int, note: str = ""
) -> ChangeReport:
    """Return what the texts as they are would do to the published site.

    Args:
        config_file: ``mkdocs.yml``.
        published: what is published; None: nothing, or it is not known.
        progress: is told how far each step has come.
        days: how far to look ahead.
        note: what is to be said of the comparison: a German sentence.

    Raises:
        ProblemsFound: there is no built site of the present texts.
        EngineError: the engine refuses its settings.
    """
    with alone(config_file, progress):
        folder = publishable(config_file).site
        # Where the texts have problems, there may be no site; they are what is to be told then.
        now = datetime.fromisoformat(read_published(folder).manifest.now) if folder.is_dir() else None
        try:
            settings, prepared = prepare_site(config_file, now, progress)
        except ProblemsFound as found:
            return ChangeReport(problems=found.problems)
        built = read_published(folder).manifest
        make_sure_it_was_built(built, settings, prepared)
        ahead = look_ahead(settings, prepared, progress)
    plan, site, outlooks = plan_site(config_file, now, days)
    lost = published and vanished(published, prepared.authored, prepared.site, prepared.addresses, settings.places)
    return ChangeReport(
        now=plan.now,
        against=published.place if published else None,
        note=note,
        lost=tuple(lost or ()),
        ahead=ahead.problems,
        changes=site_changes(published.manifest, built, prepared.site) if published else None,
        turns=tuple(
            (moment_text(turn.moment), HAPPENS[what], entry.title, str(entry.source.path))
            for turn in plan.turns
            for what, entry in happenings(turn)
        ),
        held=tuple(
            (item.entry.title, "; ".join(reasons(item, site, plan.now)), str(item.entry.source.path))
            for item in plan.held
        ),
        outlooks=tuple(outlooks),
        hints=(
            *prepared.notices,
            *ahead.hints,
            *hints(prepared.authored, settings.places, settings.hints_off, settings.mounts),
        ),
    )
