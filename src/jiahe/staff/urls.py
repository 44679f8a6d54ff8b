"""Addresses of the staff room. The unprefixed names are those by which django-allauth looks for its steps."""

from django.urls import include, path

from jiahe.staff.views import account, budgets, duties, officers, posts

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
    path("posts/", posts.posts, name="posts"),
    path("posts/new/", posts.create_post, name="create_post"),
    path("posts/<uuid:post>/", posts.post, name="post"),
    path("posts/<uuid:post>/assign/", posts.assign, name="assign_post"),
    path("posts/<uuid:post>/hand-over/", posts.hand_over, name="hand_over_post"),
    path("posts/<uuid:post>/vacate/", posts.vacate, name="vacate_post"),
    path("posts/<uuid:post>/close/", posts.close, name="close_post"),
    path("posts/<uuid:post>/deputy/", posts.name_deputy, name="name_deputy"),
    path("posts/<uuid:post>/deputy/<uuid:deputation>/end/", posts.end_deputy, name="end_deputy"),
    path("posts/<uuid:post>/duty/", duties.give_duty, name="give_duty"),
    path("officers/", officers.officers, name="officers"),
    path("officers/new/", officers.enrol, name="enrol_officer"),
    path("officers/<uuid:officer>/", officers.officer, name="officer"),
    path("officers/<uuid:officer>/name/", officers.rename, name="rename_officer"),
    path("officers/<uuid:officer>/leaves/", officers.let_go, name="let_officer_go"),
    path("officers/<uuid:officer>/account/", officers.open_account, name="open_account"),
    path("officers/<uuid:officer>/account/new/", officers.reset_account, name="reset_account"),
    path("rows/", budgets.usage, name="usage"),
    path("rows/<uuid:officer>/", budgets.raise_budget, name="raise_budget"),
    path("duties/", duties.duties, name="duties"),
    path("duties/area/", duties.area_duties, name="area_duties"),
    path("duties/<uuid:duty>/done/", duties.done, name="mark_duty_done"),
]
urlpatterns = [*account_urls, path("", include((staff_urls, "staff")))]
