"""`koujyo serve`: the simulator for people: portal, office API, mail, until Ctrl-C or SIGTERM."""

import asyncio
import ipaddress
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from koujyo.endpoints import EndpointsFile
from koujyo.places import BUILD
from koujyo.serving import CannotStart, database_url, run, same_ports
from koujyo.terminal import refuse


def serve(
    *,
    host: Annotated[str, typer.Option(help="待ち受けるアドレス")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="ポータル（HTTPS）。0 は空いている番号")] = 8443,
    office_port: Annotated[int, typer.Option(min=0, max=65535, help="労金の事務コンソールと管理 API（HTTP）")] = 8444,
    smtp_port: Annotated[int, typer.Option(min=0, max=65535, help="メールの受け口（SMTP）")] = 1025,
    mail_port: Annotated[int, typer.Option(min=0, max=65535, help="届いたメールの API（HTTP）")] = 8025,
    database: Annotated[
        str | None,
        typer.Option(help="SQLite のファイル、または SQLAlchemy の URL。省くとメモリー内", show_default=False),
    ] = None,
    state: Annotated[
        Path, typer.Option(help="鍵、証明書、endpoints.json を置くフォルダー", show_default="build/state")
    ] = BUILD / "state",
    clock: Annotated[
        str | None,
        typer.Option(help="模擬時計の開始時刻（例: 2026-11-24T10:00）。省くと直近の営業日の 10 時", show_default=False),
    ] = None,
    running_clock: Annotated[bool, typer.Option("--running-clock", help="模擬時計を止めずに進める")] = False,
    issuing_seconds: Annotated[float, typer.Option(min=0, max=600, help="電子証明書の発行にかかる秒数")] = 3.0,
    seed: Annotated[
        int | None, typer.Option(help="認証コードなどの乱数の種（毎回同じ値になる）", show_default=False)
    ] = None,
    always_open: Annotated[
        bool, typer.Option("--always-open", help="ご利用可能時間に関わらず使えるようにする")
    ] = False,
    own_window: Annotated[
        bool, typer.Option("--own-window", help="ログイン画面を新しいウィンドウで開く（ポップアップの許可が要る）")
    ] = False,
    hide_mark: Annotated[bool, typer.Option("--hide-mark", help="画面の「シミュレータ」の表示を隠す")] = False,
    shuffle_keys: Annotated[
        bool, typer.Option("--shuffle-keys", help="ソフトウェアキーボードのキーの並びを、開くたびに変える")
    ] = False,
    announced_url: Annotated[
        str | None,
        typer.Option(help="「ご利用開始（変更）のお知らせ」に印刷するアドレス（例: https://portal.example.jp）"),
    ] = None,
    legacy_p12: Annotated[bool, typer.Option("--legacy-p12", help=".p12 を古い Windows 向け（3DES）で作る")] = False,
) -> None:
    """Serve until Ctrl-C or SIGTERM; bad input ends with one line and exit code 2."""
    moment = _moment(clock)
    if announced_url is not None and not re.fullmatch(r"https?://[^\s/]\S*", announced_url):
        refuse(f"--announced-url: 「{announced_url}」は https:// か http:// で始まるアドレスではありません。")
    ports = {"--port": port, "--office-port": office_port, "--smtp-port": smtp_port, "--mail-port": mail_port}
    endpoints = EndpointsFile(state)
    try:
        same_ports(ports)
        url = database_url(database)
        endpoints.claim()
    except CannotStart as reason:
        refuse(str(reason))
    _warn_if_reachable(host)

    from simulator.server import Settings, Simulator  # noqa: PLC0415 - heavy: only this subcommand pays for it

    settings = Settings(
        host=host,
        port=port,
        office_port=office_port,
        smtp_port=smtp_port,
        mail_port=mail_port,
        database=url,
        state=endpoints.folder,
        clock=moment,
        ticking=running_clock,
        issuing_seconds=issuing_seconds,
        seed=seed,
        always_open=always_open,
        own_window=own_window,
        hide_mark=hide_mark,
        shuffle_keys=shuffle_keys,
        legacy_p12=legacy_p12,
        announced_url=announced_url and announced_url.rstrip("/"),
    )
    try:
        asyncio.run(run(lambda: Simulator(settings), endpoints, host, ports))
    except CannotStart as reason:
        refuse(str(reason))


def _moment(clock: str | None) -> datetime | None:
    if clock is None:
        return None
    from simulator.clock import parse_moment  # noqa: PLC0415 - as above

    try:
        return parse_moment(clock)
    except ValueError as error:
        refuse(f"--clock: {error}")


def _warn_if_reachable(host: str) -> None:
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    if not loopback:
        print(
            f"警告: --host {host} では他のコンピューターからも届きます。"
            "事務コンソール、管理 API、受信メールには認証がありません。信頼できるネットワークでだけ使ってください。",
            file=sys.stderr,
        )
