"""Create, show, lock or unlock an account: `motcua account create-officer LOGIN --name "…" --email …`.

create-officer   a new officer without a password: the officer sets one with "Quên mật khẩu", so that nobody else
                 ever knows it; what the officer may do follows from posts, given separately
show             what is known about an account, without numbers of identity papers
lock, unlock     a lock works at once, for open sessions and tokens too
"""

from __future__ import annotations

import argparse
import sys

from motcua.accounts import actions, queries
from motcua.accounts.models import Account, Kind
from motcua.base.errors import Refusal
from motcua.rules.people import Actor
from motcua.ui import clock

_OPERATOR = Actor.system("motcua account")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which account."""
    parser.add_argument("what", choices=["create-officer", "show", "lock", "unlock"])
    parser.add_argument("login")
    parser.add_argument("--name", default="", help="full name (create-officer)")
    parser.add_argument("--email", help="where codes are sent (create-officer)")
    parser.add_argument("--phone", help="where codes are sent (create-officer)")


def run(args: argparse.Namespace) -> int:
    """Do it; 1 with the reason when it cannot be done."""
    try:
        if args.what == "create-officer":
            return _create(args)
    except Refusal as refusal:
        print(" ".join(refusal.messages), file=sys.stderr)
        return 1
    account = queries.by_login(args.login)
    if account is None:
        print(f"Không có tài khoản “{args.login}”.", file=sys.stderr)
        return 1
    return _show(account) if args.what == "show" else _lock(account, locked=args.what == "lock")


def _create(args: argparse.Namespace) -> int:
    if not args.name or not (args.email or args.phone):
        print("Cần --name và ít nhất một trong --email, --phone (nơi nhận mã đặt mật khẩu).", file=sys.stderr)
        return 1
    account = actions.create_account(
        args.login,
        kind=Kind.OFFICER,
        full_name=args.name,
        email=args.email,
        phone=args.phone,
        by=_OPERATOR,
        at=clock.now(),
    )
    print(f"Đã tạo tài khoản cán bộ {account.login}. Cán bộ tự đặt mật khẩu ở trang “Quên mật khẩu”.")
    return 0


def _show(account: Account) -> int:
    state = "đang dùng" if account.is_active else "bị khóa"
    print(f"{account.login}\t{account.get_kind_display()}\t{account.name}\t{state}")
    print(f"Thư điện tử: {account.email or '-'}   Điện thoại: {account.phone or '-'}")
    return 0


def _lock(account: Account, *, locked: bool) -> int:
    changed = actions.set_locked(account, locked=locked, by=_OPERATOR, at=clock.now())
    word = "bị khóa" if locked else "được mở khóa"
    print(f"Tài khoản {account.login} đã {word}." if changed else f"Tài khoản {account.login} vốn đã {word}.")
    return 0
