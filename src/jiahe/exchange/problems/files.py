"""What can be wrong with a file as a whole. Nothing of its contents is repeated but headings."""

from jiahe.basis.problem import N_, Problem


class FileTooLarge(Problem):
    """A file larger than any list of people is."""

    code = "exchange.file_too_large"
    status = 413
    what = N_("The file is larger than {most} MB.")
    why = N_("So much is not read, whatever is in it: a list of 100,000 people has less.")
    now = N_("Take out pictures and sheets that are not needed, or bring the list in several files.")
    field = "file"


class FileEmpty(Problem):
    """Nothing in it."""

    code = "exchange.file_empty"
    what = N_("The file is empty.")
    why = N_("There is not one character in it.")
    now = N_("Choose another file; perhaps it was not saved completely.")
    field = "file"


class NotASpreadsheet(Problem):
    """Something else under the name of a spreadsheet."""

    code = "exchange.not_a_spreadsheet"
    what = N_("This file is not a spreadsheet: it is {what}.")
    why = N_("A name that ends with .csv or .xlsx does not make it one.")
    now = N_("Open the list in a spreadsheet program and save it as XLSX or CSV.")
    field = "file"


class OldWorkbook(Problem):
    """A workbook of the form before 2007."""

    code = "exchange.old_workbook"
    what = N_("This is a workbook of the old form (.xls).")
    why = N_("Only the present form (.xlsx) and text (.csv) are read; the old one can hide programs.")
    now = N_("Open it in a spreadsheet program and save it as XLSX.")
    field = "file"


class FileEncrypted(Problem):
    """A workbook with a password."""

    code = "exchange.file_encrypted"
    what = N_("The file is protected by a password.")
    why = N_("What is in it cannot be read without the password, and you are not asked for it here.")
    now = N_("Open it, take the password away, save it and bring it again.")
    field = "file"


class HasMacros(Problem):
    """A workbook with a program in it."""

    code = "exchange.has_macros"
    what = N_("There are macros in this workbook.")
    why = N_("Macros are programs; a list of people needs none.")
    now = N_("Save it as XLSX, which leaves them out, or as CSV.")
    field = "file"


class FilesInside(Problem):
    """Archives or documents packed into the workbook."""

    code = "exchange.files_inside"
    what = N_("There are other files inside this workbook.")
    why = N_("A list of people needs none, and what is packed into a file can unpack to anything.")
    now = N_("Copy the sheet into a new workbook and save that.")
    field = "file"


class WorkbookDamaged(Problem):
    """A broken or cut-off workbook, or one that only pretends."""

    code = "exchange.workbook_damaged"
    what = N_("The workbook is damaged or was cut off.")
    why = N_("Its parts do not fit together as those of a workbook do.")
    now = N_("Open it in a spreadsheet program; if it opens, save it as a new file and bring that one.")
    field = "file"


class NoSheet(Problem):
    """A zip file that is no workbook, or one whose sheets are all hidden."""

    code = "exchange.no_sheet"
    what = N_("There is no sheet with rows in this file.")
    why = N_("It is another kind of document, or all its sheets are hidden.")
    now = N_("Open the list in a spreadsheet program and save it as XLSX or CSV.")
    field = "file"


class PartsOverlap(Problem):
    """Parts that lie over each other."""

    code = "exchange.parts_overlap"
    what = N_("The parts of this workbook lie over each other.")
    why = N_("No spreadsheet program writes such a file; it is made to unpack to more than it holds.")
    now = N_("Do not open it elsewhere either. Ask whoever gave it to you for the list as CSV.")
    field = "file"


class TooManyParts(Problem):
    """More parts than a workbook has."""

    code = "exchange.too_many_parts"
    what = N_("The workbook has more than {most} parts.")
    why = N_("A list of people has about ten.")
    now = N_("Copy the sheet into a new workbook and save that.")
    field = "file"


class UnpacksTooLarge(Problem):
    """A small file that would fill the memory."""

    code = "exchange.unpacks_too_large"
    what = N_("Unpacked, this workbook or a part of it is larger than {most} MB, or far larger than its packed size.")
    why = N_("Such files are made to fill a machine's memory; a list of people is smaller.")
    now = N_("Copy the rows into a new workbook and save that.")
    field = "file"


class HostileXml(Problem):
    """Entities, where there is no need of any."""

    code = "exchange.hostile_xml"
    what = N_("{part} in this workbook declares a document type.")
    why = N_("No spreadsheet program writes that; it is how files make others read what they should not, or too much.")
    now = N_("Do not open it elsewhere either. Ask whoever gave it to you for the list as CSV.")
    field = "file"


class HasFormulas(Problem):
    """A cell that is computed."""

    code = "exchange.has_formulas"
    what = N_("There is a formula in {cell}.")
    why = N_(
        "What a formula gives may change with the day and the program; people are registered from what is written."
    )
    now = N_("Copy the cells, paste them as values only, save and bring the file again.")
    field = "file"


class TooManyRows(Problem):
    """More rows than are taken at once."""

    code = "exchange.too_many_rows"
    what = N_("There are more than {most} rows.")
    why = N_("So many are not taken at once. Empty rows with colours or lines count too.")
    now = N_("Delete the empty rows below the last person, or bring the list in several files, one for each village.")
    field = "file"


class TooManyColumns(Problem):
    """More columns than a list of people has."""

    code = "exchange.too_many_columns"
    what = N_("There are more than {most} columns.")
    why = N_("A list of people has fewer. Empty columns with colours or lines count too.")
    now = N_("Delete the columns that are not needed.")
    field = "file"


class CellTooLong(Problem):
    """A cell with a book in it, or a quotation mark that is never closed."""

    code = "exchange.cell_too_long"
    what = N_("The cell in row {row}, column {column} has more than {most} characters.")
    why = N_("A whole book is in it, or a quotation mark before it was never closed.")
    now = N_("Look at this row and the one before, and shorten or mend it.")
    field = "file"


class TooMuchText(Problem):
    """More text than a list of people has."""

    code = "exchange.too_much_text"
    what = N_("There is more than {most} MB of text in this file.")
    why = N_("A list of 100,000 people has less.")
    now = N_("Delete the columns that are not needed, or bring the list in several files.")
    field = "file"


class EndlessLine(Problem):
    """A line that does not end."""

    code = "exchange.endless_line"
    what = N_("Line {line} has more than {most} characters.")
    why = N_("A text file has one line for each person; this one does not end.")
    now = N_("Save the list again as CSV, with one line for each row.")
    field = "file"


class QuoteLeftOpen(Problem):
    """Cells that cannot be told apart."""

    code = "exchange.quote_left_open"
    what = N_("The cells in line {row} cannot be told apart.")
    why = N_("A quotation mark is not closed, or a line is too long.")
    now = N_("Look at this line in a text editor, or save the list as XLSX.")
    field = "file"


class WrongEncoding(Problem):
    """Bytes that are no text in UTF-8, UTF-16 or GB 18030."""

    code = "exchange.wrong_encoding"
    what = N_("The characters of this file cannot be read.")
    why = N_("It is neither UTF-8 nor UTF-16 nor GB 18030 (GBK); perhaps it is Big5 or no text at all.")
    now = N_("Save it as “CSV UTF-8” or as XLSX.")
    field = "file"


class NulBytes(Problem):
    """Zero bytes in a text."""

    code = "exchange.nul_bytes"
    what = N_("There is a zero byte at place {place} of this text file.")
    why = N_("No text has one; the file is damaged or of another kind.")
    now = N_("Save the list again as CSV UTF-8 or as XLSX.")
    field = "file"


class NotText(Problem):
    """Control characters in a text."""

    code = "exchange.not_text"
    what = N_("There is a character that cannot be seen at place {place} of this file.")
    why = N_("Such control characters stand in programs and damaged files, not in lists.")
    now = N_("Save the list again as CSV UTF-8 or as XLSX.")
    field = "file"


class NeedsTooMuchMemory(Problem):
    """The child ran out of memory, or fell."""

    code = "exchange.needs_too_much_memory"
    what = N_("This file cannot be read with 300 MB of memory.")
    why = N_("That is more than a list of 100,000 people needs; the file is damaged, or made to fill memory.")
    now = N_("Copy the rows into a new workbook and save that, or save the list as CSV.")
    field = "file"


class ReadingTooLong(Problem):
    """The child ran out of time."""

    code = "exchange.reading_too_long"
    what = N_("Reading this file took too long, so it was stopped.")
    why = N_("A list of 100,000 people is read in less than half a minute.")
    now = N_("Save the list as CSV, or bring it in several files.")
    field = "file"


class ReadersBusy(Problem):
    """Others are reading files now."""

    code = "exchange.readers_busy"
    status = 503
    what = N_("Other files are being read just now.")
    why = N_("Only a few are read at a time, so that the node stays quick for everybody.")
    now = N_("Send the file again in a minute.")
    field = "file"


class NothingBelow(Problem):
    """Headings and no rows."""

    code = "exchange.nothing_below"
    what = N_("There is no row below the headings.")
    why = N_("The first row must name the columns; each further row is one person.")
    now = N_("Add the people below the headings, or choose the right file.")
    field = "file"


class ColumnTwice(Problem):
    """Two columns of one heading."""

    code = "exchange.column_twice"
    what = N_("The heading “{heading}” stands over two columns.")
    why = N_("Nobody could tell which of them holds.")
    now = N_("Rename or delete one of them and bring the file again.")
    field = "file"


class HeadingMissing(Problem):
    """A column with contents and no heading."""

    code = "exchange.heading_missing"
    what = N_("Column {column} has contents but no heading.")
    why = N_("Nobody could tell what it means; most likely a row has one cell too many.")
    now = N_("Give it a heading, or mend the row {row} that reaches so far.")
    field = "file"
