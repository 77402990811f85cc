// Closes a window that a script opened; browsers leave other windows to the person.
"use strict";
window.close();
