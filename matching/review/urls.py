"""Addresses where an applicant sends a list to an advisor and answers what she proposes."""

from django.urls import URLPattern, URLResolver, path

from matching.review.views import answering, reading, sending

urlpatterns: list[URLPattern | URLResolver] = [
    path("lists/<uuid:list_id>/review/", reading.review, name="review"),
    path("lists/<uuid:list_id>/review/send/", sending.send, name="review_send"),
    path("lists/<uuid:list_id>/review/withdraw/", sending.withdraw, name="review_withdraw"),
    path("lists/<uuid:list_id>/review/answer/", answering.answer_all, name="review_answer_all"),
    path("lists/<uuid:list_id>/review/answer/<int:patch_id>/", answering.answer, name="review_answer"),
]
