"""What a web address tells by itself: the kind of document it leads to, what stands out about it, and a name for it."""

import re
from urllib.parse import unquote

from rzgraph.candidates.housestyle import make_slug

_VIDEO = re.compile(r"(?:^|\.)(?:youtube\.com|youtu\.be|vimeo\.com)$")
_SOCIAL = re.compile(r"(?:^|\.)(?:linkedin\.com|instagram\.com|facebook\.com|twitter\.com|x\.com|threads\.net)$")
_NEWS = re.compile(r"/(?:nieuws|news|nieuwsberichten|articles?|artikelen|verhalen|verhaal)/", re.IGNORECASE)
_TRACKING = re.compile(r"[?&](?:utm_\w+|si|fbclid|gclid|igshid|mc_[ce]id|ref)=|McasTsid|McasCSRF", re.IGNORECASE)
_PROXY = re.compile(r"mcas\.ms|proxy|originalUrl=|safelinks\.", re.IGNORECASE)


def split_address(address: str) -> tuple[str, str]:
    """Return host and path of an address; the host in lower case and without ``www.``."""
    rest = re.sub("^https?://", "", address, flags=re.IGNORECASE)
    host, _, path = rest.partition("/")
    return host.split("?")[0].split("#")[0].lower().removeprefix("www."), path


def tell_kind(address: str) -> str:
    """Return the code of the kind of document an address leads to, as far as the address itself tells."""
    host, path = split_address(address)
    if _VIDEO.search(host):
        return "video"
    if _SOCIAL.search(host):
        return "social-media"
    if path and _NEWS.search(f"/{path}"):
        return "news-item"
    return "other-document" if re.search(r"\.(?:pdf|docx?|pptx?|xlsx?)(?:$|[?#])", path, re.IGNORECASE) else "website"


def tell_marks(address: str, seen: bool) -> list[str]:
    """Return the codes of what stands out about an address as it is written; ``seen`` when it stood there before."""
    marks = {
        "insecure": address.lower().startswith("http:"),
        "proxy": bool(_PROXY.search(address)),
        "repeated": seen,
        "spaces-encoded": "%20" in address,
        "text-fragment": "#:~:text=" in address,
        "tracking": bool(_TRACKING.search(address)),
    }
    return [mark for mark, holds in marks.items() if holds]


def name_address(address: str) -> str:
    """Return a name for what an address leads to: its site, and the last words of its path."""
    host, path = split_address(address)
    parts = [part for part in re.split("[/]", re.split("[?#]", path)[0]) if part]
    if not parts:
        return host
    words = " ".join(re.sub(r"[-_+]+", " ", re.sub(r"\.\w{2,4}$", "", unquote(parts[-1]))).split())
    return f"{host}: {words[:80]}".strip() if re.search(r"\w", words) else host


def slug_address(address: str) -> str:
    """Return a slug for what an address leads to; two addresses of one page with other parameters differ."""
    host, path = split_address(address)
    plain = re.split("[?#]", path)[0]
    query = address[len(re.split("[?#]", address)[0]) :]
    tail = make_slug(re.sub(_TRACKING, "", query), 20) if _VIDEO.search(host) or not plain else ""
    return make_slug("-".join(part for part in (host, unquote(plain), tail) if part), 80)
