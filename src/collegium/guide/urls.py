"""The addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from collegium.guide.views import catalogue, digests, moves, report, review_files, reviews, system

app_name = "guide"

urlpatterns: list[URLPattern] = [
    path("u/<slug:slug>/guide/", moves.unit_guide, name="unit_guide"),
    path("u/<slug:slug>/guide/system/", system.system, name="system"),
    path("u/<slug:slug>/guide/system/picture.svg", system.system_svg, name="system_svg"),
    path("u/<slug:slug>/guide/report/", report.unit_report, name="unit_report"),
    path("u/<slug:slug>/guide/report.pdf", report.unit_report_file, name="unit_report_file"),
    path("u/<slug:slug>/guide/report/<slug:panel_key>/", report.unit_slide, name="unit_slide"),
    path("u/<slug:slug>/guide/moves/<str:move_key>/", moves.move, name="move"),
    path("u/<slug:slug>/guide/answers/<uuid:record_id>/finish/", moves.move_finish, name="move_finish"),
    path("u/<slug:slug>/guide/answers/<uuid:record_id>/back/", moves.move_back, name="move_back"),
    path("u/<slug:slug>/guide/indicators/", catalogue.indicators, name="indicators"),
    path("u/<slug:slug>/guide/indicators.csv", catalogue.indicators_file, name="indicators_file"),
    path("u/<slug:slug>/guide/indicators/<str:indicator_key>/", catalogue.indicator, name="indicator"),
    path("me/digest/", digests.my_digest, name="my_digest"),
    path("digest/stop/<str:token>/", digests.digest_stop, name="digest_stop"),
    path("u/<slug:slug>/guide/reviews/", reviews.review_list, name="reviews"),
    path("u/<slug:slug>/guide/reviews/open/<slug:review_key>/", reviews.review_open, name="review_open"),
    path("u/<slug:slug>/guide/reviews/weights/<slug:review_key>/", reviews.review_weights, name="review_weights"),
    path("u/<slug:slug>/guide/reviews/bring/", review_files.review_bring, name="review_bring"),
    path(
        "u/<slug:slug>/guide/reviews/files/<slug:review_key>-<int:version>.toml",
        review_files.review_file,
        name="review_file",
    ),
    path("guide/reviews/<uuid:review_id>/", reviews.review, name="review"),
    path("guide/reviews/<uuid:review_id>/judge/", reviews.review_judge, name="review_judge"),
    path("guide/reviews/<uuid:review_id>/friend/", reviews.review_friend, name="review_friend"),
    path("guide/reviews/<uuid:review_id>/finish/", reviews.review_finish, name="review_finish"),
    path("guide/reviews/<uuid:review_id>/stop/", reviews.review_stop, name="review_stop"),
    path("guide/reviews/<uuid:review_id>/agree/<slug:claim_key>/", reviews.review_agree, name="review_agree"),
    path("guide/reviews/<uuid:review_id>/dissent/<slug:claim_key>/", reviews.review_dissent, name="review_dissent"),
]
