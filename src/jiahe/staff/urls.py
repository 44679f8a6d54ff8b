"""Addresses of the staff room. The unprefixed names are those by which django-allauth looks for its steps."""

from django.urls import include, path

from jiahe.staff.views import account

account_urls = [
    path("sign-in/", account.log_in, name="account_login"),
    path("sign-in/code/", account.enter_code, name="mfa_authenticate"),
    path("sign-out/", account.log_out, name="account_logout"),
    path("account/confirm/", account.confirm, name="account_reauthenticate"),
    path("account/password/", account.password, name="account_change_password"),
    path("account/second-step/", account.second_factor, name="mfa_index"),
    path("account/second-step/set-up/", account.set_up, name="mfa_activate_totp"),
    path("account/second-step/replace/", account.replace, name="mfa_deactivate_totp"),
    path("account/second-step/codes/", account.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-step/codes/new/", account.new_recovery_codes, name="mfa_generate_recovery_codes"),
]
staff_urls = [
    path("account/", account.account, name="account"),
    path("post/", account.choose_post, name="choose_post"),
]
urlpatterns = [*account_urls, path("", include((staff_urls, "staff")))]
