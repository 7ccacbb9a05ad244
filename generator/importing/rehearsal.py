"""The new texts tried out beside those that are there, before anything is written."""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from generator.build import prepare
from generator.importing.new_text import NewText
from generator.importing.original import Note
from generator.importing.plan import Plan
from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from generator.settings import Settings

__all__ = ["rehearsed"]


def rehearsed(plan: Plan, settings: Settings, now: datetime, progress: Progress) -> Plan:
    """Return the plan, each text that a check would refuse as a draft, and left out where even that is no use.

    Args:
        plan: what is to be written.
        settings: the project; everything is tried in a copy of its content folder.
        now: the moment; texts that appear later are tried at theirs, too.
        progress: is told how far each step has come.

    Raises:
        ProblemsFound: texts that are there already have problems.
    """
    with _copy_of(settings) as content:
        for place, file in plan.copies.items():
            _link(str(file), str(_ready(content / place)))
        trial = replace(
            settings, content=content, layout=replace(settings.layout, search=False, social_cards=False), release=False
        )
        texts = {text.place: text for text in plan.texts}
        left_out: list[Note] = []
        for text in texts.values():
            _ready(content / text.place).write_text(text.text, encoding="utf-8", newline="\n")
        for moment in dict.fromkeys((now, _last_moment(plan, now))):
            while mine := _problems(trial, moment, texts, plan.copies, progress, of_others=moment == now):
                for place, problems in mine.items():
                    text = texts[place]
                    if text.reasons:
                        left_out += [Note(text.original.file, f"{one.message} {one.remedy}") for one in problems[:1]]
                        del texts[place]
                        (content / place).unlink()
                    else:
                        texts[place] = _refused(text, problems)
                        (content / place).write_text(texts[place].text, encoding="utf-8", newline="\n")
    needed = "\n".join(text.text for text in texts.values())
    copies = {place: file for place, file in plan.copies.items() if place.name in needed}
    return replace(plan, texts=tuple(texts.values()), copies=copies, left_out=(*plan.left_out, *left_out))


@contextmanager
def _copy_of(settings: Settings) -> Iterator[Path]:
    """Yield a copy of the content folder for as long as it is needed; its files are links where that is possible."""
    folder = settings.build / "import"
    shutil.rmtree(folder, ignore_errors=True)  # what a run left that was killed
    try:
        shutil.copytree(settings.content, folder / settings.content.name, copy_function=_link)
        yield folder / settings.content.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _link(origin: str, target: str) -> str:
    try:
        os.link(os.path.realpath(origin), target)
    except OSError:
        shutil.copy2(origin, target)
    return target


def _ready(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def _problems(
    settings: Settings,
    moment: datetime,
    texts: Mapping[PurePosixPath, NewText],
    copies: Mapping[PurePosixPath, Path],
    progress: Progress,
    *,
    of_others: bool,
) -> dict[PurePosixPath, list[Problem]]:
    """Return the problems of the new texts at a moment.

    Raises:
        ProblemsFound: those of others, where they count.
    """
    try:
        prepare(settings, moment, progress)
    except ProblemsFound as found:
        mine: defaultdict[PurePosixPath, list[Problem]] = defaultdict(list)
        others = []
        for problem in found.problems:
            path = PurePosixPath(problem.path)
            concerned = [path] if path in texts else [place for place in texts if _shows(texts[place], path, copies)]
            for place in concerned:
                mine[place].append(problem)
            if not concerned:
                others.append(problem)
        if others and of_others and not mine:
            raise ProblemsFound(others) from None
        return dict(mine)
    return {}


def _shows(text: NewText, path: PurePosixPath, copies: Mapping[PurePosixPath, Path]) -> bool:
    """Tell whether a public text needs one of the files that come with it."""
    return path in copies and not text.reasons and path.name in text.text


def _refused(text: NewText, problems: list[Problem]) -> NewText:
    doubts = tuple(("title", f"{one.message} {one.remedy}") for one in problems)
    return replace(text, reasons=(*text.reasons, "die Prüfung fand einen Fehler"), doubts=(*text.doubts, *doubts))


def _last_moment(plan: Plan, now: datetime) -> datetime:
    """Return the last moment at which one of the texts appears, if it is still to come."""
    days = [str(text.fields[name])[:16] for text in plan.texts for name in ("date", "publish") if name in text.fields]
    moments = [datetime.fromisoformat(day).replace(tzinfo=now.tzinfo) for day in days]
    return max([now, *moments])
