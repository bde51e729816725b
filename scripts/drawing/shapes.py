"""Fonts and text of pictures. A picture uses the fonts of the viewer's machine, and loads nothing."""

import xml.sax.saxutils

MONO = "ui-monospace,SFMono-Regular,'SF Mono',Menlo,Consolas,'Liberation Mono','DejaVu Sans Mono',monospace"
SANS = "Helvetica,Arial,'Liberation Sans',sans-serif"

# The widths of Helvetica, in thousandths of the size; Arial and Liberation Sans have the same.
WIDTHS = dict(zip(
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~",
    (278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278)
    + (556,) * 10 + (278, 278, 584, 584, 584, 556, 1015)
    + (667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833)
    + (722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611)
    + (278, 278, 278, 469, 556, 333)
    + (556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833)
    + (556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500)
    + (334, 260, 334, 584),
))
WIDTHS.update({"→": 1000, "…": 1000, "·": 278, "“": 333, "”": 333})


def width(text, size, is_bold=False):
    """Returns the width of a text in a proportional font. Bold is wider by about a fifteenth."""
    return sum(WIDTHS.get(character, 600) for character in text) * size / 1000 * (1.066 if is_bold else 1)


def escaped(text):
    return xml.sax.saxutils.escape(text)


def picture(parts, width, height, style, label):
    """Returns a complete SVG. Its label is what a screen reader reads."""
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escaped(label).replace(chr(34), "&quot;")}">',
        "<!-- Made by scripts/pictures from the output of the program. -->",
        f"<style>{style}</style>",
        *parts,
        "</svg>",
    ]) + "\n"
