import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from programs.models.program import Program

STATES = ("uploaded", "reading", "ready", "applying", "applied", "undoing", "undone", "failed", "dropped")
AT_WORK = ("reading", "applying", "undoing")


class ImportSource(models.Model):
    """Where files come from, with the column mapping that was used last, to start the next one with."""

    name = models.CharField(max_length=120, unique=True)
    mapping = models.JSONField(default=dict, help_text="By kind: our field to the file's column.")
    defaults = models.JSONField(default=dict, help_text="By kind: what holds for each row of a file.")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "source of imports"
        verbose_name_plural = "sources of imports"
        ordering = ("name",)
        constraints = (models.CheckConstraint(name="import_source_named", condition=~Q(name="")),)

    def __str__(self) -> str:
        return self.name


class ImportBatch(models.Model):
    """One file handed in: read into rows, shown, confirmed, written in one transaction, undone as a whole.

    The row is also the queue, as of runs: state, claim and lease say who works on it.
    """

    class Kind(models.TextChoices):
        PROGRAMS = "programs", "programs"
        FACTS = "facts", "facts"
        ROSTERS = "rosters", "rosters"

    class State(models.TextChoices):
        UPLOADED = "uploaded", "columns to be named"
        READING = "reading", "being read"
        READY = "ready", "to be confirmed"
        APPLYING = "applying", "being written"
        APPLIED = "applied", "written"
        UNDOING = "undoing", "being undone"
        UNDONE = "undone", "undone"
        FAILED = "failed", "failed"
        DROPPED = "dropped", "dropped"

    class Rights(models.TextChoices):
        PUBLIC = "public", "from public pages, each row with its source"
        GOVERNMENT = "government", "from files of the US government"
        OWN = "own", "the program's own data, given to us for this"
        LICENCE = "licence", "under a licence that we hold"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    preset = models.CharField(max_length=40, blank=True)
    source = models.ForeignKey(ImportSource, on_delete=models.PROTECT, null=True, related_name="batches")
    file_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    layout = models.JSONField(default=dict, help_text="Encoding, delimiter, sheet, header, first rows.")
    mapping = models.JSONField(default=dict, help_text="Our field to the file's column.")
    defaults = models.JSONField(default=dict, help_text="What holds for each row.")
    rights = models.CharField(max_length=10, choices=Rights)
    rights_statement = models.CharField(
        max_length=500, help_text="Who says that we may use and show it, and by what."
    )
    state = models.CharField(max_length=8, choices=State, default=State.UPLOADED)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it failed.")
    rows_read = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(null=True)
    counts = models.JSONField(default=dict, help_text="Rows by verdict.")
    claim_token = models.UUIDField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "import"
        ordering = ("-created_at", "id")
        permissions = (("apply_import", "Can write an import into the catalogue and undo it"),)
        indexes = (
            models.Index(
                fields=["state", "claimed_until"], condition=Q(state__in=AT_WORK), name="import_open"
            ),
        )
        constraints = (
            models.CheckConstraint(name="import_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="import_kind_known", condition=Q(kind__in=("programs", "facts", "rosters"))
            ),
            models.CheckConstraint(
                name="import_rights_said",
                condition=Q(rights__in=("public", "government", "own", "licence")) & ~Q(rights_statement=""),
            ),
            models.CheckConstraint(
                name="import_reason_when_failed", condition=~Q(state="failed") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="import_applied_whole", condition=~Q(state="applied") | Q(applied_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.file_name} ({self.kind})"


class ImportPart(models.Model):
    """A piece of the file as handed in, compressed; gone when the import is written or dropped."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ("batch", "number")
        constraints = (models.UniqueConstraint(fields=["batch", "number"], name="import_part_once"),)

    def __str__(self) -> str:
        return f"part {self.number}"


class ImportRow(models.Model):
    """One row of the file: what it would do, and after it was written, what it did and what stood before."""

    class Verdict(models.TextChoices):
        ADD = "add", "adds"
        CHANGE = "change", "changes"
        CONFLICT = "conflict", "says otherwise than we hold"
        SAME = "same", "is held already"
        ERROR = "error", "cannot be read"

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="The row of the file, the header being 1.")
    verdict = models.CharField(max_length=8, choices=Verdict)
    program = models.ForeignKey(Program, on_delete=models.SET_NULL, null=True, related_name="+")
    cells = models.JSONField(help_text="Our fields with the cells as they stood.")
    faults = models.JSONField(default=list, help_text="[field, value, reason] of each.")
    held = models.JSONField(null=True, help_text="What stood there before.")
    result = models.JSONField(null=True, help_text="What it made: ids, and the values written.")

    class Meta:
        verbose_name = "row of an import"
        verbose_name_plural = "rows of imports"
        ordering = ("batch", "number")
        indexes = (models.Index(fields=["batch", "verdict", "number"], name="import_row_verdict"),)
        constraints = (
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
            models.CheckConstraint(
                name="import_row_verdict_known",
                condition=Q(verdict__in=("add", "change", "conflict", "same", "error")),
            ),
        )

    def __str__(self) -> str:
        return f"row {self.number}: {self.verdict}"
