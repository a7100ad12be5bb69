"""Figures for scripts: one line each, beside the table for people."""


def figure(name: str, value: float | int) -> None:
    """Print ``figure NAME VALUE``; shares and ratios with four digits, counts as they are."""
    print(f"figure {name} {value if isinstance(value, int) else f'{value:.4f}'}", flush=True)
