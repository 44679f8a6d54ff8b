"""Addresses of the window."""

from django.urls import include, path

from jiahe.window.views import (
    attachments,
    board,
    case,
    citizen,
    complaining,
    guide,
    interests,
    notices,
    opening,
    ratings,
    steps,
    work,
)

window_urls = [
    path("", work.work, name="work"),
    path("board/", board.board, name="board"),
    path("board/events", board.board_events, name="board_events"),
    path("board/<slug:area>/", board.board, name="board"),
    path("find/", work.find, name="find"),
    path("assign/", work.assign, name="assign"),
    path("new/", opening.choose, name="choose"),
    path("new/<str:service>/", opening.open_case, name="open_case"),
    path("ratings/", ratings.ratings, name="ratings"),
    path("ratings/<uuid:rating>/", ratings.rating, name="rating"),
    path("ratings/<uuid:rating>/answer/", ratings.answer, name="answer_rating"),
    path("interests/", interests.interests, name="interests"),
    path("interests/new/", interests.declare, name="declare"),
    path("interests/<uuid:interest>/end/", interests.end, name="end_interest"),
    path("cases/<uuid:case>/", case.case, name="case"),
    path("cases/<uuid:case>/look/", case.inspect, name="inspect"),
    path("cases/<uuid:case>/receipt/", opening.receipt, name="receipt"),
    path("cases/<uuid:case>/code/", steps.code, name="code"),
    path("cases/<uuid:case>/missing/", steps.tell_missing, name="tell_missing"),
    path("cases/<uuid:case>/brought/", steps.bring, name="bring"),
    path("cases/<uuid:case>/attach/", attachments.attach, name="attach"),
    path("cases/<uuid:case>/attachments/<uuid:entry>/", attachments.attachment, name="attachment"),
    path("cases/<uuid:case>/accept/", steps.accept, name="accept"),
    path("cases/<uuid:case>/decline/", steps.decline, name="decline"),
    path("cases/<uuid:case>/hand-over/", steps.hand_over, name="hand_over"),
    path("cases/<uuid:case>/take/", steps.take, name="take"),
    path("cases/<uuid:case>/pass-on/", steps.pass_on, name="pass_on"),
    path("cases/<uuid:case>/decide/", steps.decide, name="decide"),
    path("cases/<uuid:case>/stop/", steps.stop, name="stop"),
    path("cases/<uuid:case>/resume/", steps.resume, name="resume"),
    path("cases/<uuid:case>/extend/", steps.extend, name="extend"),
    path("cases/<uuid:case>/withdraw/", steps.withdraw, name="withdraw"),
    path("cases/<uuid:case>/deliver/", steps.deliver, name="deliver"),
]
citizen_urls = [
    path("track/", citizen.track, name="track"),
    path("track/case/", citizen.followed, name="followed"),
    path("track/case/rate/", citizen.rate, name="rate"),
    path("track/case/withdraw/", citizen.withdraw, name="withdraw_own"),
    path("track/leave/", citizen.leave, name="leave"),
    path("services/", guide.guide, name="guide"),
    path("services/<slug:service>/", guide.service, name="service"),
    path("notices/", notices.notices, name="notices"),
    path("complain/", complaining.complain, name="complain"),
    path("complain/received/", complaining.complained, name="complained"),
]
urlpatterns = [
    path("", include(([*citizen_urls, *(path("window/", include(window_urls)),)], "window"))),
]
