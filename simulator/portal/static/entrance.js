// Opens the portal in a window of its own and closes this one, whether the other was allowed or not: where pop-ups are
// blocked nothing is left, which is the symptom that the manuals describe (BRW-12).
"use strict";
window.open("/", "koujyo", "popup,width=1280,height=960");
window.close();
