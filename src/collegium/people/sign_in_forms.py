"""What a person fills in to sign in, and about their own sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.fields import EmailField, PasswordField, SetPasswordField
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from collegium.people.services import accounts

DIGITS = forms.TextInput(
    attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True, "maxlength": 20, "class": "code"}
)


class StayField(forms.BooleanField):
    """Whether this device keeps the person signed in."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            label=_("Keep me signed in on this device for two weeks"),
            help_text=_("Leave this alone on a computer that others use too."),
        )


class AddressField(EmailField):
    """The address a person is known by."""

    def __init__(self) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
        super().__init__(label=_("Your email address at work"), max_length=254, widget=widget)


class AddressForm(RequestLoginCodeForm):
    """Asks for a code. An address that nobody has is answered like any other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()

    def clean_email(self) -> str:
        """Make sure that whoever is invited has an account to send the code to."""
        accounts.ensure_account(self.cleaned_data["email"])
        return str(super().clean_email())

    @property
    def is_known(self) -> bool:
        """Whether somebody has this address."""
        return self._user is not None


class CodeForm(ConfirmLoginCodeForm):
    """Takes the code that was sent."""

    code = forms.CharField(label=_("The code from the mail"), widget=DIGITS)
    remember = StayField()


class PasswordForm(LoginForm):
    """Signs in with a password."""

    remember = StayField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()
        self.fields["password"] = PasswordField(label=_("Your password"), autocomplete="current-password")
        del self.fields["password"].widget.attrs["placeholder"]
        self.order_fields(["login", "password", "remember"])


class NewPasswordForm(forms.Form):
    """Takes a new password, once: a person can show what they type, and a code mends a mistake."""

    password1 = SetPasswordField(label=_("New password"))

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password1"]
        field.user = user  # type: ignore[attr-defined]
        field.help_text = _("At least ten characters. Three or four words that only you put together are easy to keep.")
        del field.widget.attrs["placeholder"]


class ConfirmPasswordForm(forms.Form):
    """Confirms with the password that it is still the same person."""

    password = forms.CharField(
        label=_("Your password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        """Check it, counted like any attempt to sign in."""
        password = str(self.cleaned_data["password"])
        adapter = get_adapter(self.request)
        found = adapter.authenticate(self.request, email=self.request.user.email, password=password)
        if found is None or found.pk != self.request.user.pk:
            raise adapter.validation_error("incorrect_password")
        return password


class ConfirmCodeForm(ConfirmLoginCodeForm):
    """Confirms with a code."""

    code = forms.CharField(label=_("The code from the mail"), widget=DIGITS)


@contextmanager
def readable() -> Iterator[None]:
    """Answer whatever a browser sends in place of a passkey's proof as a form that cannot be accepted."""
    try:
        yield
    except ValidationError:
        raise
    except Exception as error:  # the libraries raise many kinds on what a stranger made up
        raise ValidationError(_("Your device sent something that we could not read. Try again.")) from error


class PasskeySignInForm(LoginWebAuthnForm):
    """Signs in with a passkey."""

    def clean_credential(self) -> Any:
        """Check the proof."""
        with readable():
            return super().clean_credential()


class ConfirmPasskeyForm(ReauthenticateWebAuthnForm):
    """Confirms with a passkey."""

    def clean_credential(self) -> Any:
        """Check the proof."""
        with readable():
            return super().clean_credential()


class PasskeyForm(AddWebAuthnForm):
    """Adds a passkey that signs in by itself."""

    name = forms.CharField(
        label=_("A name for it"),
        max_length=60,
        required=False,
        help_text=_("Such as “my phone”, so that you know it again."),
    )
    passwordless = None  # always; see `clean`

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": _("My passkey"), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Hold the device to having checked who holds it."""
        self.cleaned_data["passwordless"] = True
        with readable():
            return dict(super().clean())
