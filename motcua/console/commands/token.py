"""Make a bearer token for an account and print it once: `motcua token LOGIN`.

The token is printed alone on standard output, so that a script can take it. `--revoke` closes all tokens of the
account instead.
"""

from __future__ import annotations

import argparse
import sys

from motcua.accounts import actions, queries
from motcua.ui import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose token, and what to call it."""
    parser.add_argument("login", help="login, e-mail or telephone number of the account")
    parser.add_argument("--name", default="motcua token", help="what the token is for, shown in lists")
    parser.add_argument("--revoke", action="store_true", help="close all tokens of the account")


def run(args: argparse.Namespace) -> int:
    """Print the token; 1 when there is no such account."""
    account = queries.by_login(args.login)
    if account is None or not account.is_active:
        print(f"Không có tài khoản nào đang dùng được với tên “{args.login}”.", file=sys.stderr)
        return 1
    if args.revoke:
        print(f"Đã thu hồi {actions.revoke_tokens(account, at=clock.now())} mã truy cập của {account.login}.")
        return 0
    print(actions.issue_token(account, name=args.name[:100], at=clock.now()))
    return 0
