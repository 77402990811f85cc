// パスワードの表示(D): the password can be read while this is ticked (IMP-05).
"use strict";
const shown = document.getElementById("password_shown");
const password = document.getElementById("password");
const show = () => { password.type = shown.checked ? "text" : "password"; };
shown.addEventListener("change", show);
show();
