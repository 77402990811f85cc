// The certificate file is downloaded as soon as its screen appears (CRT-32).
"use strict";
document.getElementById("download").click();
