"""How letters look: inline, because programs drop style sheets; a style sheet for the dark, where they keep it.

The colours are the desk's (`static/admin/admin.css`). Classes only ever swap colours, so that a program that drops the
style sheet shows the light letter whole. One column of 600 pixels at most, down to 320; nothing is fetched.
"""

from typing import Final

FONT: Final = (
    "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Arabic','Noto Sans CJK SC',"
    "Arial,sans-serif"
)
GROUND: Final = "background-color:#f6f6f4"
SURFACE: Final = "background-color:#ffffff;border:1px solid #dcdeda;border-radius:8px"
INK: Final = "color:#1d2321"
QUIET: Final = "color:#55605c"
RULE: Final = "border-top:1px solid #dcdeda"
ACCENT: Final = "color:#14594d"
BUTTON: Final = "background-color:#14594d;color:#ffffff;border-radius:8px"
LEGAL: Final = "background-color:#f0f0ed;border-radius:8px"

DARK: Final = (
    ".m-ground{background-color:#131716!important}"
    ".m-surface{background-color:#1b201f!important;border-color:#343b39!important}"
    ".m-ink{color:#e9edeb!important}"
    ".m-quiet{color:#a5b0ac!important}"
    ".m-rule{border-color:#343b39!important}"
    ".m-accent{color:#6cc7b2!important}"
    ".m-button{background-color:#6cc7b2!important;color:#06231d!important}"
    ".m-legal{background-color:#232928!important}"
)
SHEET: Final = (
    ":root{color-scheme:light dark;supported-color-schemes:light dark}"
    f"@media (prefers-color-scheme:dark){{{DARK}}}"
    "@media (max-width:480px){.m-outer{padding:8px!important}.m-inner{padding:16px!important}}"
    "@media print{.m-ground,.m-surface{background-color:#fff!important;border:0!important}}"
)
