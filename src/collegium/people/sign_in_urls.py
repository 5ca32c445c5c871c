"""Addresses of sign-in. Names are django-allauth's where it looks them up; only pages that we designed are here."""

from __future__ import annotations

from allauth.account import views as allauth_views
from allauth.mfa.webauthn import views as passkey_views
from allauth.socialaccount import views as issuer_views
from django.urls import path
from django.views.generic import RedirectView

from collegium.people.views import own_sign_in, sign_in, tokens

urlpatterns = [
    # not signed in
    path("account/login/", sign_in.SignInView.as_view(), name="account_login"),
    path(
        "account/login/code/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="account_request_login_code",
    ),
    path("account/login/code/confirm/", sign_in.CodeView.as_view(), name="account_confirm_login_code"),
    path("account/login/password/", sign_in.PasswordView.as_view(), name="account_login_password"),
    path("account/login/passkey/", passkey_views.login_webauthn, name="mfa_login_webauthn"),
    path("account/oidc/<slug:provider_id>/login/", sign_in.begin_issuer, name="openid_connect_login"),
    path("account/oidc/<slug:provider_id>/login/callback/", sign_in.finish_issuer, name="openid_connect_callback"),
    path("account/login/cancelled/", issuer_views.login_cancelled, name="socialaccount_login_cancelled"),
    path("account/inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("demo/sign-in/<str:token>/", sign_in.demo_sign_in, name="demo_sign_in"),
    # signed in
    path("account/logout/", allauth_views.logout, name="account_logout"),
    path("account/", own_sign_in.settings, name="account_settings"),
    path("account/confirm/", own_sign_in.confirm, name="account_reauthenticate"),
    path("account/password/", own_sign_in.set_password, name="account_set_password"),
    path("account/passkeys/add/", own_sign_in.add_passkey, name="account_add_passkey"),
    path("account/passkeys/remove/", own_sign_in.remove_passkey, name="account_remove_passkey"),
    path("account/tokens/add/", tokens.token_add, name="account_add_token"),
    path("account/tokens/end/", tokens.token_end, name="account_end_token"),
    path("account/devices/end/", own_sign_in.end_devices, name="account_end_devices"),
]
