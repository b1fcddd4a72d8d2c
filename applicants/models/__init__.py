"""What an applicant has told, checked, and the form she is still filling in."""

from .draft import ProfileDraft
from .profile import EXAMS, ApplicantType, ExamStatus, Profile, VisaNeed

__all__ = ["EXAMS", "ApplicantType", "ExamStatus", "Profile", "ProfileDraft", "VisaNeed"]
