from applicants.forms.profile import ProfileForm

__all__ = ["ProfileForm"]
