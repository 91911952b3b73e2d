"""What every answer of ours keeps to: no inline code, no framing, no guessing of types, nothing of a person stored."""

import re

INLINE = {
    "a handler": re.compile(r"<[^>]+\son[a-z]+\s*=", re.I),
    "a style attribute": re.compile(r"<(?!svg|path|g\b)[a-z][^>]*\sstyle\s*=", re.I),
    "a script without nonce": re.compile(r'<script(?![^>]*\b(?:nonce=|type="application/json"|src="/static/))', re.I),
    "a style sheet without nonce": re.compile(r"<style(?![^>]*\bnonce=)", re.I),
    "an address of code": re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|data:text)", re.I),
    "a foreign source": re.compile(r"<(?:script|link|img|iframe)[^>]+(?:src|href)\s*=\s*[\"']?(?:https?:)?//", re.I),
}


def faults(answer, path: str, name: str) -> list[str]:
    """What is wrong with the headers and the body of one answer."""
    headers, found = answer.headers, []
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy or "frame-ancestors 'none'" not in policy:
        found.append(f"policy {policy!r}")
    if headers.get("X-Frame-Options") != "DENY":
        found.append("may be framed")
    if headers.get("X-Content-Type-Options") != "nosniff":
        found.append("type may be guessed")
    if headers.get("Referrer-Policy") != "same-origin":
        found.append("address may leak")
    if name != "anonymous" and "no-store" not in headers.get("Cache-Control", ""):
        found.append("may be stored")
    if headers.get("Content-Type", "").startswith("text/html"):
        body = answer.content.decode()
        found += [what for what, sign in INLINE.items() if sign.search(body)]
    return [f"{path} as {name} ({answer.status_code}): {one}" for one in found]
