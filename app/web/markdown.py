"""What people write about themselves, as HTML that can do nothing. The one place that calls anything safe."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "h3", "h4", "a", "hr"}
SCHEMES = {"http", "https", "mailto"}
UNREAD = ["image", "code", "fence", "html_inline", "html_block"]
_reader = MarkdownIt("commonmark", {"html": False}).disable(UNREAD)


def markdown(text: str) -> Markup:
    """Markdown to a few plain tags: no HTML of the writer's own, no images, links to the web or mail only.

    Headings begin at the third level, below those of the page. Put it inside `hx-ignore` all the same.
    """
    html = _reader.render(text)
    for level in ("1", "2"):
        html = html.replace(f"<h{level}>", "<h3>").replace(f"</h{level}>", "</h3>")
    rel = "nofollow ugc noopener"
    clean = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=rel)
    return Markup(clean)  # noqa: S704
