"""Forms to log in, to prove a second factor and to change a password."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter as account
from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter as second_factor
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jiahe.staff import attempts
from jiahe.staff.admission import waiting
from jiahe.staff.problems import TooManyTries

_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "spellcheck": "false"}


# ---- log-in ----


class LogInForm(LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **names: Any) -> None:
        super().__init__(*args, **names)
        name, password = self.fields["login"], self.fields["password"]
        name.label, password.label = _("User name"), _("Password")
        name.widget = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        )
        name.max_length = 40
        password.help_text = ""
        password.widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})


class CodeForm(AuthenticateForm):
    """The code of the second factor, or a recovery code; each is accepted once, and tries are limited."""

    code = forms.CharField(label=_("Code"), max_length=20, widget=forms.TextInput(attrs=_CODE))

    def clean_code(self) -> str:
        """Raises ValidationError for a wrong or spent code, or when this source has to wait."""
        request, code = context.request, self.cleaned_data["code"].replace(" ", "")
        self.cleaned_data["code"] = code
        try:
            address = account().get_client_ip(request)
            attempt = attempts.look(request, self.user.username, address=address, purpose="code")
        except TooManyTries as problem:
            raise waiting(problem) from problem
        super().clean_code()
        if not attempts.spend(attempt, self.user.pk, code):
            raise second_factor().validation_error("incorrect_code")
        attempts.succeeded(attempt, at=request.at)
        return code


class SetUpForm(ActivateTOTPForm):
    """The first code out of the app, to prove that it was set up."""

    code = forms.CharField(label=_("Code shown by the app"), max_length=10, widget=forms.TextInput(attrs=_CODE))


class ConfirmForm(forms.Form):
    """The password again, before an account matter."""

    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True})
    )

    def __init__(self, *args: Any, user: Any, **names: Any) -> None:
        super().__init__(*args, **names)
        self.user = user

    def clean_password(self) -> str:
        """Raises ValidationError unless it is the password."""
        password = self.cleaned_data["password"]
        if not account().reauthenticate(self.user, password):
            raise ValidationError(_("This is not your password."))
        return password


class PasswordForm(forms.Form):
    """A new password, typed twice."""

    current_password = forms.CharField(
        label=_("Present password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 10 signs. A sentence of your own is easy to keep and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("New password again"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, user: Any, **names: Any) -> None:
        super().__init__(*args, **names)
        self.user = user

    def clean_current_password(self) -> str:
        """Raises ValidationError unless it is the present password; tries are limited as at log-in."""
        password = self.cleaned_data["current_password"]
        if not account().reauthenticate(self.user, password):
            raise ValidationError(_("This is not your present password."))
        return password

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for two different, an unchanged or a weak password."""
        new, again = self.cleaned_data.get("password"), self.cleaned_data.get("password_again")
        if new and again and new != again:
            self.add_error("password_again", _("The two new passwords differ."))
        elif new and new == self.cleaned_data.get("current_password"):
            self.add_error("password", _("This is the password you have now. Choose another."))
        elif new:
            try:
                validate_password(new, self.user)
            except ValidationError as weak:
                self.add_error("password", weak)
        return self.cleaned_data
