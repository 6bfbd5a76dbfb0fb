"""Addresses of getting in. The names without a namespace are those allauth itself looks for."""

from __future__ import annotations

from django.urls import URLPattern, path

from motcua.portal import resume_post
from motcua.portal.account_pages import login, recover, register
from motcua.portal.national import views as national
from motcua.portal.views import profile

urlpatterns: list[URLPattern] = [
    path("dang-nhap/", login.LoginView.as_view(), name="account_login"),
    path("dang-xuat/", login.LogoutView.as_view(), name="account_logout"),
    path("bi-khoa/", login.inactive, name="account_inactive"),
    path("vao/", login.landing, name="account_landing"),
    path("gui-tiep/", resume_post.resume, name="account_resume"),
    path("dang-ky/", register.register, name="account_signup"),
    path("dang-ky/to-chuc/", register.register, {"kind": "to-chuc"}, name="account_signup_organisation"),
    path("dang-ky/ma/", register.activate, name="account_activate"),
    path("quen-mat-khau/", recover.recover, name="account_reset_password"),
    path("quen-mat-khau/ma/", recover.recover_code, name="account_recover_code"),
    path("quen-mat-khau/mat-khau-moi/", recover.new_password, name="account_new_password"),
    path("cong-quoc-gia/", national.begin, name="account_national"),
    path("cong-quoc-gia/tra-loi/", national.callback, name="account_national_callback"),
    path("cong-quoc-gia/xac-nhan/", national.link, name="account_national_link"),
    path("cong-quoc-gia/noi/", national.connect, name="account_national_connect"),
    path("doi-mat-khau/", login.ChangePasswordView.as_view(), name="account_change_password"),
    path("doi-lien-he/", profile.contact, name="account_contact"),
    path("doi-lien-he/ma/", profile.contact_code, name="account_contact_code"),
]
