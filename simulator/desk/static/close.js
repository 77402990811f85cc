// The window that was opened on access closes again, as the manuals tell of blocked pop-ups (BRW-12, IEM-17).
"use strict";
window.close();
