"""The manuals' rules as pure functions and frozen values; imports nothing but the standard library."""

from simulator.rules.certificates import (
    CertificateTerm,
    certificate_name,
    certificate_term,
    file_name,
    is_renewal_open,
    is_within_term,
    parse_certificate_name,
)
from simulator.rules.codes import CodeJudgement, CodeState, CodeVerdict, code_expires_at, is_code_void, judge_code
from simulator.rules.environment import Support, judge_browser
from simulator.rules.fields import (
    FieldRule,
    Problem,
    Refusal,
    check_field,
    check_match,
    field_rules,
    is_full_width,
    is_half_width,
)
from simulator.rules.hours import JAPAN, in_japan, is_business_day, is_help_desk_open, is_open, latest_business_day
from simulator.rules.idleness import has_gone_idle
from simulator.rules.lockout import Standing, after_failure, after_lock_end, after_release, after_success
from simulator.rules.messages import MESSAGES, Message, MessageError, MessageTemplate, load_messages, message
from simulator.rules.passwords import PasswordState, password_expires_at, password_state
from simulator.rules.profile import Profile, ProfileError, Setting, load_profile

__all__ = [
    "JAPAN",
    "MESSAGES",
    "CertificateTerm",
    "CodeJudgement",
    "CodeState",
    "CodeVerdict",
    "FieldRule",
    "Message",
    "MessageError",
    "MessageTemplate",
    "PasswordState",
    "Problem",
    "Profile",
    "ProfileError",
    "Refusal",
    "Setting",
    "Standing",
    "Support",
    "after_failure",
    "after_lock_end",
    "after_release",
    "after_success",
    "certificate_name",
    "certificate_term",
    "check_field",
    "check_match",
    "code_expires_at",
    "field_rules",
    "file_name",
    "has_gone_idle",
    "in_japan",
    "is_business_day",
    "is_code_void",
    "is_full_width",
    "is_half_width",
    "is_help_desk_open",
    "is_open",
    "is_renewal_open",
    "is_within_term",
    "judge_browser",
    "judge_code",
    "latest_business_day",
    "load_messages",
    "load_profile",
    "message",
    "parse_certificate_name",
    "password_expires_at",
    "password_state",
]
