"""The security headers of every page, for whoever serves pages."""

from __future__ import annotations

RawHeaders = list[tuple[bytes, bytes]]


def safety_headers(referrer: str = "no-referrer", **sources: str) -> RawHeaders:
    """Headers that let a page load nothing but what is named, and let nobody put it into a frame.

    Args:
        referrer: the referrer policy. With `no-referrer` browsers send `Origin: null` with the page's own forms.
        sources: what may be loaded, by directive with an underscore: `style_src="'self'"`.
    """
    allowed = {"default_src": "'none'", **sources, "form_action": "'self'"}
    allowed |= {"frame_ancestors": "'none'", "base_uri": "'none'"}
    policy = "; ".join(f"{name.replace('_', '-')} {source}" for name, source in allowed.items())
    return [
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", referrer.encode()),
        (b"cross-origin-opener-policy", b"same-origin"),
    ]
