"""The switchboard: what MkDocs asks, and who answers."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger

from site_builder.model.settings import Settings

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from site_builder.hosts.edition import EditionFrame

log = get_plugin_logger("course")


CourseConfig = type(
    "CourseConfig",
    (Config,),
    {name: config_options.Optional(config_options.Type((str, list, tuple))) for name in Settings.names()},
)
"""The plugin's schema: the course's settings. What is wrong in them is told by discover, with its place."""


class CoursePlugin(BasePlugin[CourseConfig]):  # type: ignore[valid-type]
    """The plugin `course`.

    MkDocs meets it twice. Started by `mkdocs build`, it lets MkDocs build nothing by itself and has the whole
    site built, as `course build` does. For each edition of that build it is given a frame, and answers for it.
    """

    def __init__(self) -> None:
        self.frame: EditionFrame | None = None
        self._destination = ""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Dress an edition, or set MkDocs' own build aside."""
        if self.frame:
            self.frame.dress(config)
        else:
            self._destination = config.site_dir
            config.site_dir = tempfile.mkdtemp(prefix="course-")
            config.theme.static_templates.clear()
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Put the edition's pages in place of what MkDocs found."""
        if self.frame:
            return self.frame.files(files, config)
        for file in list(files):
            files.remove(file)
        return files

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002 - MkDocs' signature
        """Give the templates our words and filters."""
        return self.frame.environment(env, config) if self.frame else env

    def on_page_context(self, context: Any, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:  # noqa: ANN401, ARG002 - MkDocs' signature
        """Tell a page's template about the course."""
        return self.frame.page_context(context, page) if self.frame else context

    def on_template_context(self, context: Any, template_name: str, config: MkDocsConfig) -> Any:  # noqa: ANN401, ARG002 - MkDocs' signature
        """Tell the 404 page about the course."""
        return self.frame.template_context(context) if self.frame else context

    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002 - MkDocs' signature
        """Guard the 404 page with a policy."""
        return (
            self.frame.guarded(output_content)
            if self.frame and template_name.endswith(".html")
            else output_content
        )

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002 - MkDocs' signature
        """Put the body into its frame."""
        return self.frame.finished(output, page) if self.frame else output

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the search index and the notebooks, or have the whole site built, after what other plugins write for MkDocs' empty one."""
        if self.frame:
            self.frame.write_search_index(Path(config.site_dir))
            self.frame.write_notebooks(Path(config.site_dir))
            return
        shutil.rmtree(config.site_dir, ignore_errors=True)
        config.site_dir = self._destination
        self._build_site(Path(config.config_file_path).parent, Path(self._destination))

    def _build_site(self, folder: Path, destination: Path) -> None:
        from site_builder.hosts.publication import publish  # noqa: PLC0415 - it starts MkDocs, which loads this
        from site_builder.pipeline import build  # noqa: PLC0415 - not needed for an edition

        made = build(folder)
        if not made.course.editions:
            raise PluginError("no edition was found: `course check` tells why")
        try:
            findings = (*made.report.findings, *publish(made, destination))
        except (FileExistsError, NotADirectoryError) as error:
            raise PluginError(str(error)) from error
        for finding in findings:
            where = f"{finding.span.source.path}:{finding.span.line}:{finding.span.column}"
            say = {"error": log.warning, "warning": log.warning}.get(finding.severity, log.debug)
            say("%s: %s[%s]: %s", where, finding.severity, finding.code, finding.message)
