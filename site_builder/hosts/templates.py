"""The templates' environment: one a process, so that no template is compiled twice, and what it offers."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import BuiltinMethodType
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from site_builder.data_files import assets_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.theme import Theme

_FRAME = ("base.html", "main.html", "home.html", "404.html", "partials/icons.html")


_UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/", "assets/images/favicon.png")
"""Material's search, which ours replaces, and its icon."""


class ThemeLoader(FileSystemLoader):
    """Material's templates and ours. It lists the files to publish alone: Material has 14,000 icons."""

    def list_templates(self) -> list[str]:
        """Give the names of the theme's published files."""
        names = {
            file.relative_to(folder).as_posix()
            for folder in self.searchpath
            for file in (Path(folder) / "assets").rglob("*")
            if file.is_file() and file.suffix != ".map"
        }
        return sorted(name for name in names if not name.startswith(_UNUSED))


class AuthorEnvironment(ImmutableSandboxedEnvironment):
    """Renders templates of a course: they may read what they are given and call what templates need, and nothing else.

    A build runs no code of a course, and a template is code: without this, one could open any file.
    """

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401 - anything at all
        """Whether a template may call `obj`: macros, what we offer, and methods of texts and collections."""
        if isinstance(obj, BuiltinMethodType):
            return isinstance(obj.__self__, str | dict | list | tuple)
        if isinstance(obj, Macro | BlockReference | LoopContext) or obj is Namespace:
            return True
        if isinstance(getattr(obj, "__self__", None), str | LoopContext):  # Markup has methods of its own
            return True
        return any(obj is each for each in self.globals.values())


def _new_environment(theme: Theme) -> Environment:
    plain: Environment = type(theme).get_env(theme)
    if not theme._custom_dir:  # noqa: SLF001 - MkDocs tells it nowhere else
        return plain
    guarded = AuthorEnvironment(
        extensions=[type(each) for each in plain.extensions.values()], auto_reload=False
    )
    guarded.filters.update(plain.filters)
    guarded.globals.update(plain.globals)
    return guarded


def environment(theme: Theme) -> Environment:
    """Give the process's environment for the template folders of `theme`."""
    folders = tuple(theme.dirs)
    if folders not in _environments:
        env = _new_environment(theme)
        env.loader = ThemeLoader(folders)
        env.auto_reload = False
        _environments[folders] = env
    return _environments[folders]


_environments: dict[tuple[str, ...], Environment] = {}


def compile_all(env: Environment) -> None:
    """Compile the templates of a page's frame, so that processes forked from this one need not."""
    ours = assets_folder() / "theme"
    for name in (*_FRAME, *(file.relative_to(ours).as_posix() for file in ours.rglob("*.html"))):
        env.get_template(name)


def offer(
    env: Environment,
    *,
    translate: Callable[..., str],
    material: str,
    language: str,
    direction: str,
    is_original: bool,
) -> None:
    """Give the templates the words, filters and memory of one edition."""
    env.globals.update(_=translate, keep=_keep(), course_t=material_words(env, material, language, direction))
    env.filters["url"] = _url_filter(is_original=is_original)


def _url_filter(*, is_original: bool) -> Callable[[Any, str], str]:
    """Give the filter `url`: the way from a page to a path of its edition, or of the site for `assets/`."""

    @pass_context
    def url(context: Any, value: str) -> str:  # noqa: ANN401 - a template's context
        if value.startswith(("#", "/", "http:", "https:", "mailto:", "data:")):
            return value
        base = context["base_url"].rstrip("/")
        if value.startswith("assets/") and not is_original:
            base = f"{base}/.."
        return f"{base}/{value}" if value not in ("", ".") else f"{base}/"

    return url


def _keep() -> Callable[..., str]:
    """Give the templates' `{% call keep(…) %}`: what is inside is rendered once for the same names."""
    kept: dict[tuple[object, ...], str] = {}

    def keep(*names: object, caller: Callable[[], str]) -> str:
        if names not in kept:
            kept[names] = caller()
        return kept[names]

    return keep


@lru_cache(maxsize=64)
def _strings(env: Environment, language: str) -> Callable[[str], str]:
    module: Any = env.get_template(f"partials/languages/{language}.html").module
    return lru_cache(maxsize=256)(lambda key: str(module.t(key)))


def material_words(env: Environment, material: str, language: str, direction: str) -> Callable[[str], str]:
    """Give Material's `lang.t`: its words in the nearest language, and the edition's own tag and direction."""
    own = {"language": language, "direction": direction}

    @lru_cache(maxsize=256)
    def words(key: str) -> str:
        return own.get(key) or _strings(env, material)(key) or _strings(env, "en")(key) or key

    return words
