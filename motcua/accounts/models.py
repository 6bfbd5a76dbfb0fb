"""Tables of the accounts room: who may log in, with which tokens, and how often something was tried."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from motcua.base.digests import keyed_digest
from motcua.rules.consents import Purpose, current


class Kind(models.TextChoices):
    """Whom an account stands for."""

    PERSON = "person", "Cá nhân"
    ORGANISATION = "organisation", "Tổ chức, doanh nghiệp"
    OFFICER = "officer", "Cán bộ, công chức"


class Gender(models.TextChoices):
    """Gender as written on the identity card."""

    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


def identity_digest(number: str) -> str:
    """The searchable digest of a CCCD, CMND or passport number; empty for none."""
    return keyed_digest("identity", number) if number else ""


def _composed(text: str | None) -> str | None:
    return None if text is None else unicodedata.normalize("NFC", text)


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts and finds them by their login."""

    def create_user(self, login: str, password: str | None = None, **fields: Any) -> Account:
        """Store a new account; `login` is already normalised. Without a password none will ever match."""
        account = self.model(login=login, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account whose login is `username`, letter case ignored."""
        return self.get(login=(username or "").casefold())


class Account(AbstractBaseUser):
    """One person, organisation or officer who logs in; one account serves every service (BN-6, BD-74).

    There are no Django groups or permissions: what an officer may do follows from the posts held, which the
    agencies room keeps. Empty strings in `email` and `phone` are stored as NULL so that each stays unique.
    """

    id = models.BigAutoField(primary_key=True)
    login = models.CharField(max_length=254, unique=True)
    email = models.EmailField(max_length=254, null=True, blank=True, unique=True)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    phone = models.CharField(max_length=15, null=True, blank=True, unique=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    full_name = models.CharField(max_length=150, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=6, choices=Gender.choices, blank=True)
    identity_number = models.CharField(max_length=12, blank=True)
    identity_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    tax_code = models.CharField(max_length=14, blank=True)
    organisation_name = models.CharField(max_length=250, blank=True)
    representative_name = models.CharField(max_length=150, blank=True)
    address = models.JSONField(default=dict, blank=True)

    identified_at = models.DateTimeField(null=True, blank=True)
    """When the national portal last vouched for name, birth date, gender and identity number; None: only typed."""
    assurance = models.PositiveSmallIntegerField(null=True, blank=True)
    """How sure the portal is of the person: its level, 1 to 3 (NĐ 69/2024/NĐ-CP)."""

    notify_by_email = models.BooleanField(default=True)
    notify_by_sms = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    terms_accepted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("login"), name="account_login_any_case"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="account_kind_known"),
            models.CheckConstraint(
                condition=~Q(email="") & ~Q(phone=""),
                name="account_contact_null_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What to call the account's owner: the organisation's name, else the person's, else the login."""
        if self.kind == Kind.ORGANISATION and self.organisation_name:
            return self.organisation_name
        return self.full_name or self.login

    @property
    def is_officer(self) -> bool:
        """Whether the account belongs to an officer, who works at the desk."""
        return self.kind == Kind.OFFICER

    @property
    def is_identified(self) -> bool:
        """Whether the national portal vouches for who the owner is."""
        return self.identified_at is not None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the account: empty contacts as NULL, and the identity number's digest always beside it."""
        self.email = self.email or None
        self.phone = self.phone or None
        self.identity_hash = identity_digest(self.identity_number)
        if (fields := kwargs.get("update_fields")) is not None and "identity_number" in fields:
            kwargs["update_fields"] = {*fields, "identity_hash"}
        super().save(*args, **kwargs)

    def set_password(self, raw_password: str | None) -> None:
        """Hash `raw_password`, composed: every keyboard's way of typing Vietnamese gives one password."""
        super().set_password(_composed(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """Whether `raw_password` is this account's, however its accents were typed."""
        return super().check_password(_composed(raw_password))


class ApiToken(models.Model):
    """A bearer token for the API face; only the SHA-256 digest is kept, the token itself is shown once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="api_tokens")
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.account_id}: {self.name or self.pk}"

    def is_usable(self, *, at: datetime) -> bool:
        """Whether the token still opens the API at `at`."""
        return self.revoked_at is None or at < self.revoked_at


class CodePurpose(models.TextChoices):
    """What a one-time code proves the right to do."""

    REGISTER = "register", "Kích hoạt tài khoản"
    RECOVER = "recover", "Đặt lại mật khẩu"
    CONTACT = "contact", "Đổi thông tin liên hệ"
    LOOKUP = "lookup", "Tra cứu hồ sơ"


class Code(models.Model):
    """A one-time code sent to `contact`; only its keyed digest is kept.

    `payload` holds what waits for the proof, such as a registration: no account exists before its owner has
    shown that the address is his, so nobody can occupy another person's e-mail or telephone number.
    """

    purpose = models.CharField(max_length=10, choices=CodePurpose.choices)
    contact = models.CharField(max_length=254)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    confirmed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} #{self.pk}"


class Attempt(models.Model):
    """How often something was tried within the current window; all processes share it, unlike a memory cache.

    `key` is a keyed hash, so the table tells nobody which address or number was tried.
    """

    scope = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    window_start = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["scope", "key"], name="attempt_one_row_per_key")]
        indexes: ClassVar = [models.Index(fields=["window_start"])]

    def __str__(self) -> str:
        return f"{self.scope}: {self.count}"


class Consent(models.Model):
    """A person's yes to keeping data for one purpose, by the version of the words it was given to (HY-12).

    Taken back it stays, with the moment; a new yes is a new row. Without an open row nothing is kept.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=10, choices=[(one.value, current(one).title) for one in Purpose])
    wording = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    given_with = models.CharField(max_length=50, blank=True)
    """Code of the dossier at whose filing it was given; empty when given on the profile."""
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["account", "purpose", "given_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "purpose"], condition=Q(withdrawn_at__isnull=True), name="one_open_consent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.purpose}"


class KeptAnswer(models.Model):
    """What a person said on a form, kept to fill in the same question next time (HY-12); only with consent.

    ``meaning`` is the question's meaning (`rules.eforms.meaning`), not its label; ``type`` the kind of its answer.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="kept_answers")
    meaning = models.CharField(max_length=200)
    type = models.CharField(max_length=20)
    label = models.CharField(max_length=300)
    value = models.JSONField()
    words = models.CharField(max_length=500, blank=True)
    """The answer as its owner reads it."""
    kept_at = models.DateTimeField()
    dossier_code = models.CharField(max_length=50, blank=True)

    class Meta:
        ordering: ClassVar = ["account", "label", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "meaning"], name="one_kept_answer_per_meaning")
        ]

    def __str__(self) -> str:
        return self.meaning
