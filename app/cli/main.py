"""The commands and their options."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from app.cli import faults
from app.cli.reconstruct.formats import Compression, DicomObject, OutputFormat
from recon.errors import BocageError, Cancelled

PROGRAM = "bocage"
EXIT_ERROR = 2
EXIT_CANCELLED = 130
EXIT_FAULT = 1
NOTHING_WRITTEN = "cancelled; nothing was written."

app = typer.Typer(
    name=PROGRAM,
    help="Bocage, an open volume-radiography (tomosynthesis) workstation. NOT A MEDICAL DEVICE.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class ReconstructCommand(TyperCommand):
    """Its help names the algorithms and corrections that there are; they are looked for only when help is asked for."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        from app.cli.algorithms import option_help

        texts = option_help()
        for parameter in self.params:
            if parameter.name in texts:
                parameter.help = texts[parameter.name]  # type: ignore[attr-defined]
        super().format_help(ctx, formatter)


class ViewKind(StrEnum):
    """What the numbers of research views are."""

    COUNTS = "counts"
    LINE_INTEGRALS = "line_integrals"


class StudyState(StrEnum):
    """What was done to a study of the worklist."""

    NEW = "new"
    READ = "read"
    REJECTED = "rejected"


Study = Annotated[Path, typer.Argument(metavar="STUDY", help="Folder, file or DICOMDIR.", show_default=False)]
Studies = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[STUDY]…", help="Folders, files or DICOMDIRs.", show_default=False),
]
Output = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to write to.")]
Target = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to write to.", show_default=False)]
Geometry = Annotated[
    Path | None, typer.Option("--geometry", metavar="FILE", help="Geometry file of the views.", show_default=False)
]
Preset = Annotated[
    str | None,
    typer.Option(
        "--preset", metavar="NAME", help="Nominal geometry, when the data carry none (see info).", show_default=False
    ),
]
Kind = Annotated[
    ViewKind | None, typer.Option("--kind", help="What the views' numbers are, if not stated.", show_default=False)
]
Air = Annotated[
    float | None,
    typer.Option("--air", metavar="VALUE", help="Counts of the open field, if not stated.", show_default=False),
]
Series = Annotated[
    str | None,
    typer.Option(
        "--series", metavar="UID", help="Which series: its UID, the beginning of it, or its title.", show_default=False
    ),
]
Headless = Annotated[
    bool, typer.Option("--headless", help="Without a window: slices as DICOM and a screenshot of the window.")
]


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"{PROGRAM} {version(PROGRAM)}")
        except PackageNotFoundError:
            typer.echo(f"{PROGRAM} (not installed)")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - handled by its callback
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Open the window when no command is given."""
    if context.invoked_subcommand is None:
        from app.cli.show import open_window

        raise typer.Exit(open_window([]))


@app.command("open")
def open_command(paths: Studies = None, headless: Headless = False, output: Output = Path("out")) -> None:
    """Open studies in the window; without a display, do the same job without a window."""
    from app.cli.show import open_window

    raise typer.Exit(open_window(list(paths or ()), headless=headless, output=output))


@app.command()
def demo(headless: Headless = False, output: Output = Path("out")) -> None:
    """Open the demonstration case (simulated from a real chest CT at the first use)."""
    from app.cli.show import open_demo

    raise typer.Exit(open_demo(headless=headless, output=output))


@app.command()
def info(
    study: Study,
    geometry: Geometry = None,
    patient: Annotated[
        bool, typer.Option("--patient", help="Also show the patient's name and identification.")
    ] = False,
) -> None:
    """Say what a study holds, where its geometry comes from, and what is missing."""
    from app.cli.info import show_info

    raise typer.Exit(show_info(study, geometry_file=geometry, patient=patient))


@app.command(cls=ReconstructCommand)
def reconstruct(
    study: Study,
    output: Target,
    geometry: Geometry = None,
    preset: Preset = None,
    protocol: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Start from a body part's protocol; auto takes the study's own part (see info). Options override it.",
            show_default=False,
        ),
    ] = None,
    algorithm: Annotated[str | None, typer.Option(metavar="NAME", show_default="fbp")] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PARAMETER=VALUE", help="A parameter of the algorithm.", show_default=False),
    ] = None,
    corrections: Annotated[
        list[str] | None, typer.Option("--correct", metavar="NAME[:PARAMETER=VALUE,…]", show_default=False)
    ] = None,
    exclude: Annotated[
        str | None,
        typer.Option(
            metavar="3,17",
            help="Views to leave out, counted from 1 in the order of the sweep, or of the geometry file.",
            show_default=False,
        ),
    ] = None,
    heights: Annotated[
        str | None,
        typer.Option(
            metavar="FROM:TO", help="Heights above the detector in mm; the protocol's or the whole range if not given."
        ),
    ] = None,
    interval: Annotated[
        float | None,
        typer.Option(
            metavar="MM",
            help="Distance between slices, and between planes that are computed together.",
            show_default="5",
        ),
    ] = None,
    thickness: Annotated[
        float | None, typer.Option(metavar="MM", help="Slice thickness; 0 is a thin slice.", show_default="0")
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(
            metavar="X0,Y0,X1,Y1",
            help="Field of view in mm from the detector's centre: x along its columns, y along its rows. "
            "All of it if not given.",
            show_default=False,
        ),
    ] = None,
    pixel: Annotated[
        float | None, typer.Option(metavar="MM", help="Pixel size; the detector's if not given.", show_default=False)
    ] = None,
    format_: Annotated[
        OutputFormat, typer.Option("--format", metavar="NAME", help=f"What to write: {', '.join(OutputFormat)}.")
    ] = OutputFormat.DICOM,
    dicom_object: Annotated[
        DicomObject,
        typer.Option(
            "--object",
            metavar="NAME",
            help=f"DICOM: write slices as {', '.join(DicomObject)}. auto: breast for a breast, capture where the "
            "orientation is unknown, else dx. ct is filed as CT, but its values are not HU.",
        ),
    ] = DicomObject.AUTO,
    compression: Annotated[
        Compression,
        typer.Option("--compress", metavar="NAME", help=f"DICOM: {', '.join(Compression)}; all without loss."),
    ] = Compression.NONE,
    orientation: Annotated[
        str,
        typer.Option(
            metavar="LETTERS",
            help="For images that do not say how the patient stands: where columns, rows and the way to the tube "
            "point, such as LFP for a PA chest.",
            show_default=False,
        ),
    ] = "",
    kind: Kind = None,
    air: Air = None,
    series: Series = None,
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", help="Replace earlier results. Without it a batch keeps those that are finished."),
    ] = False,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Do the work on a Dask cluster, such as tcp://127.0.0.1:8786, whose workers share the files; "
            "each series then gets a sub-folder.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Reconstruct slices from projections and write them.

    A folder with several series is done one after the other, each into a sub-folder of DIR. When that is interrupted,
    the same command goes on where it stopped.
    """
    from app.cli.protocol import Asked
    from app.cli.reconstruct import options
    from app.cli.reconstruct.command import reconstruct_command

    chosen = options.Options(
        **Asked(algorithm, tuple(settings or ()), interval, thickness).under(protocol),
        corrections=options.build_corrections(corrections or ()),
        excluded=() if exclude is None else options.parse_views(exclude),
        heights_mm=None if heights is None else options.parse_heights(heights),
        region=None if region is None else options.parse_region(region),
        pixel_mm=pixel,
        format=format_,
        dicom_object=dicom_object,
        compression=compression,
        orientation=orientation,
        geometry_file=geometry,
        preset=preset,
        kind=None if kind is None else kind.value,
        air=air,
    )
    raise typer.Exit(
        reconstruct_command(study, output, chosen, series=series, overwrite=overwrite, scheduler=scheduler)
    )


@app.command()
def algorithms(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Only this algorithm or correction.", show_default=False)
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="As the page docs/algorithms.md.")] = False,
) -> None:
    """List the algorithms and corrections with their parameters."""
    from app.cli.algorithms import show_algorithms

    raise typer.Exit(show_algorithms(name, markdown=markdown))


@app.command()
def simulate(
    ct: Annotated[
        str,
        typer.Argument(metavar="CT", help="CT volume (NIfTI, MHA, NRRD, DICOM folder), or the name of a shipped case."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to write to.", show_default=False)
    ],
    geometry: Geometry = None,
    views: Annotated[int | None, typer.Option(min=2, help="Number of views.", show_default="60")] = None,
    angle: Annotated[
        float | None, typer.Option(metavar="DEG", help="The sweep goes from -DEG to DEG.", show_default="15")
    ] = None,
    sid: Annotated[float | None, typer.Option(metavar="MM", help="Source to detector.", show_default="1800")] = None,
    pitch: Annotated[float | None, typer.Option(metavar="MM", help="Detector pixel.", show_default="0.4")] = None,
    size: Annotated[
        str | None, typer.Option(metavar="ROWSxCOLUMNS", help="Detector pixels.", show_default="1024x1024")
    ] = None,
    photons: Annotated[
        float | None, typer.Option(metavar="N", help="Quanta per pixel and view, open field.", show_default="20000")
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Of the noise.", show_default="0")] = None,
    breast: Annotated[
        str,
        typer.Option(
            metavar="SIDE-VIEW",
            help="A breast, such as RCC or LMLO: its projections are one Breast Projection X-Ray Image. Needs a "
            "geometry file with a sweep along the chest wall.",
            show_default=False,
        ),
    ] = "",
) -> None:
    """Simulate projections and a radiograph from a CT, as DICOM."""
    from app.cli.simulate import simulate_study

    settings = {
        "views": views,
        "half_angle_deg": angle,
        "source_to_detector_mm": sid,
        "pixel_pitch_mm": pitch,
        "shape": size,
        "photons_per_view": photons,
        "seed": seed,
    }
    raise typer.Exit(simulate_study(ct, output, geometry_file=geometry, settings=settings, breast=breast))


@app.command()
def quality(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Folder for quality.json, quality.md and plots.", show_default=False
        ),
    ] = None,
    geometry: Geometry = None,
    preset: Annotated[
        str | None, typer.Option("--preset", metavar="NAME", help="A vendor's geometry (see info).", show_default=False)
    ] = None,
    views: Annotated[int | None, typer.Option(min=2, help="Number of views.", show_default="60")] = None,
    angle: Annotated[
        float | None, typer.Option(metavar="DEG", help="The sweep goes from -DEG to DEG.", show_default="15")
    ] = None,
    sid: Annotated[float | None, typer.Option(metavar="MM", help="Source to detector.", show_default="1800")] = None,
    pitch: Annotated[float | None, typer.Option(metavar="MM", help="Detector pixel.", show_default="0.2")] = None,
    algorithm: Annotated[str | None, typer.Option(metavar="NAME", help="What is measured.", show_default="fbp")] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PARAMETER=VALUE", help="A parameter of the algorithm.", show_default=False),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Compare all algorithms on the same views.")] = False,
    beads: Annotated[
        bool, typer.Option("--beads", help="Instead: effective thickness over sweeps, filters and slabs.")
    ] = False,
    height: Annotated[
        float | None,
        typer.Option(metavar="MM", help="Where the test objects stand.", show_default="a twelfth of the tube's height"),
    ] = None,
    thickness: Annotated[
        float | None, typer.Option(metavar="MM", help="Slice thickness.", show_default="0, thin slices")
    ] = None,
    interval: Annotated[
        float | None, typer.Option(metavar="MM", help="Between planes computed together.", show_default="1")
    ] = None,
    photons: Annotated[
        float | None,
        typer.Option(
            metavar="N",
            help="Quanta per pixel and view, open field.",
            show_default="7.5 million per mm² over all views",
        ),
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Of the noise.", show_default="0")] = None,
) -> None:
    """Measure sharpness, slice thickness, noise, contrast and ripple on simulated test objects."""
    from app.cli.quality import Job, measure_quality

    job = Job(
        output=output,
        geometry_file=geometry,
        preset=preset,
        views=views,
        angle_deg=angle,
        sid_mm=sid,
        pitch_mm=pitch,
        algorithm=algorithm,
        settings=tuple(settings or ()),
        everything=everything,
        beads=beads,
        height_mm=height,
        thickness_mm=thickness,
        interval_mm=interval,
        photons=photons,
        seed=seed,
    )
    raise typer.Exit(measure_quality(job))


@app.command("deidentify")
def deidentify_command(
    study: Study,
    output: Target,
    name: Annotated[str, typer.Option(help="Stands in place of the patient's name and number.")] = "Case 1",
    keep: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT",
            help="What stays beyond the Basic Profile: descriptors (cleaned), modified_dates, full_dates, patient, "
            "device, institution, uids.",
            show_default=False,
        ),
    ] = None,
    with_risks: Annotated[
        bool, typer.Option("--with-risks", help="Also what may show a name in its pixels: captures, documents.")
    ] = False,
) -> None:
    """Write a study without its patient (DICOM PS3.15, Basic Profile), for teaching and research."""
    from app.cli.deidentify import deidentify_study

    raise typer.Exit(deidentify_study(study, output, name=name, keep=tuple(keep or ()), with_risks=with_risks))


Server = Annotated[
    str,
    typer.Argument(
        metavar="SERVER", help="Its name in the window's list, AE@host:port, or a DICOMweb address.", show_default=False
    ),
]
CallingAE = Annotated[str, typer.Option("--calling-ae", metavar="AE", help="Our AE title.", show_default=False)]
User = Annotated[
    str,
    typer.Option(
        "--user", metavar="NAME", help="At a DICOMweb address; the password: BOCAGE_PASSWORD.", show_default=False
    ),
]


@app.command("echo")
def echo_command(server: Server, calling_ae: CallingAE = "", user: User = "") -> None:
    """Ask a DICOM server whether it is there."""
    from app.cli.network import Asked, echo

    raise typer.Exit(echo(Asked(server, calling_ae, user)))


@app.command("find")
def find_command(
    server: Server,
    name: Annotated[str, typer.Option("--name", help="Family name, given name; the beginning is enough.")] = "",
    identity: Annotated[str, typer.Option("--id", help="Of the patient; wildcards * and ?.")] = "",
    since: Annotated[str, typer.Option("--since", metavar="YYYYMMDD", help="First study date.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="YYYYMMDD", help="Last study date.")] = "",
    modality: Annotated[str, typer.Option("--modality", help="DX, MG, CT …")] = "",
    accession: Annotated[str, typer.Option("--accession", help="Accession number.")] = "",
    patient: Annotated[bool, typer.Option("--patient", help="Also show names and identifications.")] = False,
    calling_ae: CallingAE = "",
    user: User = "",
) -> None:
    """Look for studies on a DICOM server."""
    from app.cli.network import Asked, find
    from app.dicom.net.query import Query

    query = Query(name, identity, accession, since, until, modality.upper())
    raise typer.Exit(find(Asked(server, calling_ae, user), query, patient=patient))


@app.command("get")
def get_command(
    server: Server,
    study: Annotated[str, typer.Argument(metavar="UID", help="Of the study (see find).", show_default=False)],
    output: Target,
    calling_ae: CallingAE = "",
    user: User = "",
) -> None:
    """Fetch a study from a DICOM server; goes on where it stopped."""
    from app.cli.network import Asked, get

    raise typer.Exit(get(Asked(server, calling_ae, user), study, output))


@app.command("send")
def send_command(
    server: Server,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="DICOM files and folders.", show_default=False)],
    calling_ae: CallingAE = "",
    user: User = "",
) -> None:
    """Send files to a DICOM server."""
    from app.cli.network import Asked, send

    raise typer.Exit(send(Asked(server, calling_ae, user), paths))


@app.command("index")
def index_command(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FOLDER]…", help="All that the worklist watches when none is given.", show_default=False
        ),
    ] = None,
) -> None:
    """Bring folders into the worklist, or up to date there."""
    from app.cli.worklist import index

    raise typer.Exit(index(folders or ()))


@app.command("studies")
def studies_command(
    query: Annotated[
        str,
        typer.Argument(
            metavar="[QUERY]",
            help='Words, periods, name: id: acc: part: mod: text:, such as "chest last week".',
            show_default=False,
        ),
    ] = "",
    state: Annotated[StudyState | None, typer.Option("--state", help="Only these studies.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with all that is known.")] = False,
    patient: Annotated[bool, typer.Option("--patient", help="Also show names and identifications.")] = False,
) -> None:
    """List the studies of the worklist."""
    from app.cli.worklist import list_studies

    raise typer.Exit(list_studies(query, None if state is None else state.value, as_json=as_json, patient=patient))


def run(arguments: Sequence[str]) -> int:
    """Run one command line; errors for the user become one line on stderr.

    Returns
    -------
    int
        0, or 2 for an error, 130 when interrupted, 1 for a fault of the program.
    """
    command = typer.main.get_command(app)
    try:
        status = command.main(list(arguments), prog_name=PROGRAM, standalone_mode=False)
    except BocageError as error:
        _complain(str(error))
        return EXIT_ERROR
    except (Cancelled, KeyboardInterrupt) as error:
        _complain(str(error) or NOTHING_WRITTEN)
        return EXIT_CANCELLED
    except MemoryError:
        _complain(faults.NO_MEMORY)
        return EXIT_ERROR
    except BrokenPipeError:
        sys.stderr.close()
        return EXIT_ERROR
    except Exception as error:
        # Click's usage errors know their own text and status; anything else is a fault of the program.
        show, code = getattr(error, "show", None), getattr(error, "exit_code", None)
        if show is None or code is None:
            if faults.show_traceback():
                raise
            _complain(faults.sentence(error))
            return EXIT_FAULT
        if type(error).__name__ == "Abort":  # Click's name for Ctrl-C
            _complain(NOTHING_WRITTEN)
            return EXIT_CANCELLED
        show()
        return int(code)
    if status == EXIT_CANCELLED:  # Typer's answer to Ctrl-C before a command handles it
        _complain(NOTHING_WRITTEN)
    return int(status) if isinstance(status, int) else 0


def _complain(text: str) -> None:
    print(f"{PROGRAM}: {' '.join(text.split())}", file=sys.stderr)
