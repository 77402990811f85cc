"""The order that the schema of WordprocessingML (ISO/IEC 29500-1) gives to children: Word insists on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_BORDERS = "top left start bottom right end insideH insideV"
_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
_RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath"
)
_TABLE = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
)
_STYLE = (
    "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
    "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
)
_SETTINGS = (
    "writeProtection view zoom removePersonalInformation mirrorMargins bordersDoNotSurroundHeader "
    "bordersDoNotSurroundFooter documentProtection defaultTabStop evenAndOddHeaders characterSpacingControl "
    "strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore updateFields compat rsids themeFontLang "
    "clrSchemeMapping decimalSymbol listSeparator"
)
_COMPATIBILITY = (
    "spaceForUL balanceSingleByteDoubleByteWidth doNotLeaveBackslashAlone ulTrailSpace adjustLineHeightInTable "
    "compatSetting"
)
ORDERS = {
    "pPr": _PARAGRAPH,
    "rPr": _RUN,
    "tblPr": _TABLE,
    "tblBorders": _BORDERS,
    "tblCellMar": _BORDERS,
    "tcMar": _BORDERS,
    "pBdr": "top left bottom right between bar",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p tbl",
    "numPr": "ilvl numId",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "style": _STYLE,
    "styles": "docDefaults latentStyles style",
    "numbering": "numPicBullet abstractNum num",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "num": "abstractNumId lvlOverride",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular embedBold",
    "settings": _SETTINGS,
    "compat": _COMPATIBILITY,
}


def disorders(root: Any) -> Iterator[str]:
    """What Word would complain of: children that the schema does not know there, or in another order."""
    for element in root.iter():
        parent = local(element)
        if parent in ORDERS and "wordprocessingml" in element.tag:
            order = ORDERS[parent].split()
            children = [local(child) for child in element]
            if unknown := [child for child in children if child not in order]:
                yield f"{parent}: {unknown}"
            elif children != sorted(children, key=order.index) and parent != "tc":
                yield f"{parent}: {children}"


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
