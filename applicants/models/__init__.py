"""What an applicant has told, checked, the form she is still filling in, and notices about her account."""

from .draft import ProfileDraft
from .notice import AccountNotice
from .profile import EXAMS, ApplicantType, ExamStatus, Profile, VisaNeed

__all__ = ["EXAMS", "AccountNotice", "ApplicantType", "ExamStatus", "Profile", "ProfileDraft", "VisaNeed"]
