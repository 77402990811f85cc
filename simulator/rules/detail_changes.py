"""What may be asked for with the detail change functions: amounts and the declared limit (MNU-10).

Amounts are whole yen. The manuals name no limit and no step, so all values come from the profile as assumed.
"""

from simulator.rules.messages import Message, message
from simulator.rules.profile import Profile
from simulator.rules.savings import SavingsKind


def check_monthly(label: str, yen: int, profile: Profile) -> Message | None:
    """Judge a monthly deposit entered at `label`: E4308 out of range, E4307 not in steps; None when good."""
    return _judge(label, yen, profile.monthly_minimum_yen, profile.monthly_maximum_yen, profile.deposit_step_yen)


def check_bonus(label: str, yen: int, profile: Profile) -> Message | None:
    """Judge a bonus deposit, which may be 0: E4308 out of range, E4307 not in steps; None when good."""
    return _judge(label, yen, 0, profile.bonus_maximum_yen, profile.deposit_step_yen)


def check_declared(label: str, kind: SavingsKind, yen: int | None, others: int, profile: Profile) -> Message | None:
    """Judge the limit up to which exemption is applied for with a new contract.

    Args:
        label: of the input.
        kind: of the contract; only 財形年金 and 財形住宅 can be exempt.
        yen: what was entered; None when nothing was.
        others: what the worker declared for other contracts so far.
        profile: the values.

    Returns:
        E4312 for 一般財形, E1001 when it is missing otherwise, E4308 when too little, E4307 when not in steps, E4311
        when the worker's declarations together would exceed the limit; None when good.
    """
    if kind is SavingsKind.GENERAL:
        return None if yen is None else message("E4312", field=label)
    if yen is None:
        return message("E1001", field=label)
    step, limit = profile.declared_step_yen, profile.savings_limit_yen
    left = max(limit - others, 0)
    if yen > left:
        return message("E4311", field=label, limit=f"{limit:,}", declared=f"{others:,}", left=f"{left:,}")
    return _judge(label, yen, step, limit, step)


def _judge(label: str, yen: int, least: int, most: int, step: int) -> Message | None:
    if not least <= yen <= most:
        return message("E4308", field=label, least=f"{least:,}", most=f"{most:,}")
    if yen % step:
        return message("E4307", field=label, step=f"{step:,}")
    return None
