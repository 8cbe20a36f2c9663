//! Arrow IPC, as a file or as a stream: every length in it is checked before the library reads it.

use crate::batches::{Batches, guarded, is_bomb};
use crate::foreign::BeingRead;
use crate::messages::{tables as messages, text};
use crate::problem::{Place, Problem};
use arrow_array::RecordBatch;
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{ArrowError, SchemaRef};
use hjemmel_grammar::diagnostic::Text;
use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _, SeekFrom};

/// The longest description of a message, in bytes.
const DESCRIPTION_CAP: u64 = 16 * 1024 * 1024;
/// Begins and ends a file; a stream has no such mark.
const MAGIC: &[u8] = b"ARROW1";
/// Stands before the length of a description.
const CONTINUES: u32 = u32::MAX;

/// An Arrow file that is being read.
pub(crate) struct IpcFile {
    file: File,
    name: String,
    form: Form,
    schema: SchemaRef,
    reader: Reader,
    rows: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    File,
    Stream,
}

enum Reader {
    File(FileReader<BufReader<File>>),
    Stream(StreamReader<BufReader<File>>),
}

impl IpcFile {
    pub(crate) fn open(mut file: File, size: u64, name: &str) -> Result<Self, Box<Problem>> {
        let place = || Place::file(name);
        let form = look_through(&mut file, size, name)?;
        let build = || reader(&file, form, None);
        let reader = guarded(place, messages::footer, build)?;
        Ok(Self {
            schema: match &reader {
                Reader::File(reader) => reader.schema(),
                Reader::Stream(reader) => reader.schema(),
            },
            file,
            name: name.to_owned(),
            form,
            reader,
            rows: 0,
        })
    }

    fn here(&self) -> Place {
        here(&self.name, self.rows)
    }
}

/// The place of the row after so many.
fn here(name: &str, rows: u64) -> Place {
    let row = u32::try_from(rows.saturating_add(1)).unwrap_or(u32::MAX);
    Place::at(name, row, 0)
}

fn reader(file: &File, form: Form, columns: Option<Vec<usize>>) -> Result<Reader, ArrowError> {
    let mut file = file.try_clone()?;
    file.seek(SeekFrom::Start(0))?;
    let input = BufReader::with_capacity(128 * 1024, file);
    Ok(match form {
        Form::File => Reader::File(FileReader::try_new(input, columns)?),
        Form::Stream => Reader::Stream(StreamReader::try_new(input, columns)?),
    })
}

impl Batches for IpcFile {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    fn project(&mut self, columns: &[usize], _key: Option<usize>) -> Result<(), Box<Problem>> {
        let build = || reader(&self.file, self.form, Some(columns.to_vec()));
        self.reader = guarded(|| self.here(), messages::footer, build)?;
        Ok(())
    }

    fn next(&mut self) -> Result<Option<RecordBatch>, Box<Problem>> {
        let (name, rows) = (&self.name, self.rows);
        let place = || here(name, rows);
        let batch = match &mut self.reader {
            Reader::File(reader) => guarded(place, messages::data, || reader.next().transpose()),
            Reader::Stream(reader) => guarded(place, messages::data, || reader.next().transpose()),
        }?;
        if let Some(batch) = &batch {
            let count = u64::try_from(batch.num_rows()).unwrap_or(u64::MAX);
            self.rows = self.rows.saturating_add(count);
        }
        Ok(batch)
    }
}

/// Why a file is not given to the library.
enum Unsound {
    /// A length does not fit the file.
    Lengths,
    /// It unpacks to too much.
    TooLarge,
    Io(std::io::Error),
}

impl From<std::io::Error> for Unsound {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::UnexpectedEof => Self::Lengths,
            _ => Self::Io(error),
        }
    }
}

/// The form of a file whose every length fits.
fn look_through(file: &mut File, size: u64, name: &str) -> Result<Form, Box<Problem>> {
    let place = Place::file(name);
    let failed = |error| Box::new(text::unreadable(Place::file(name), &error));
    let mut first = Vec::new();
    file.take(8).read_to_end(&mut first).map_err(failed)?;
    if first.starts_with(b"FEA1") {
        return Err(Box::new(messages::old_feather(place)));
    }
    let form = if first.starts_with(MAGIC) {
        Form::File
    } else if first.starts_with(&CONTINUES.to_le_bytes()) {
        Form::Stream
    } else {
        let beginning = Text::new("begyndelsen", "the beginning");
        let said = messages::magic("Arrow IPC", beginning);
        return Err(Box::new(messages::broken(place, said)));
    };
    let mut lengths = Lengths { file, size };
    let _being_read = BeingRead::begin(name);
    let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| match form {
        Form::File => lengths.file(),
        Form::Stream => lengths.stream(),
    }));
    match checked {
        Ok(Ok(())) => Ok(form),
        Ok(Err(Unsound::TooLarge)) => Err(Box::new(messages::too_large(place))),
        Ok(Err(Unsound::Io(error))) => Err(Box::new(text::unreadable(place, &error))),
        Ok(Err(Unsound::Lengths)) | Err(_) => {
            Err(Box::new(messages::broken(place, messages::footer())))
        }
    }
}

/// Goes through a file from message to message.
struct Lengths<'a> {
    file: &'a mut File,
    size: u64,
}

impl Lengths<'_> {
    fn bytes(&mut self, at: u64, length: u64) -> Result<Vec<u8>, Unsound> {
        let end = at.checked_add(length).ok_or(Unsound::Lengths)?;
        if end > self.size {
            return Err(Unsound::Lengths);
        }
        self.file.seek(SeekFrom::Start(at))?;
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| Unsound::Lengths)?];
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn four(&mut self, at: u64) -> Result<u32, Unsound> {
        let bytes = self.bytes(at, 4)?;
        let bytes = bytes.try_into().map_err(|_| Unsound::Lengths)?;
        Ok(u32::from_le_bytes(bytes))
    }

    /// A file: its table of contents says where the messages are.
    fn file(&mut self) -> Result<(), Unsound> {
        let tail = self.size.checked_sub(10).ok_or(Unsound::Lengths)?;
        let length = u64::from(self.four(tail)?);
        let magic = self.bytes(tail.saturating_add(4), 6)?;
        let at = tail.checked_sub(length).ok_or(Unsound::Lengths)?;
        if magic != MAGIC || length > DESCRIPTION_CAP {
            return Err(Unsound::Lengths);
        }
        let contents = self.bytes(at, length)?;
        let footer = arrow_ipc::root_as_footer(&contents).map_err(|_| Unsound::Lengths)?;
        let blocks = footer.recordBatches().into_iter().flatten();
        for block in blocks.chain(footer.dictionaries().into_iter().flatten()) {
            let fits = |number: i64| u64::try_from(number).map_err(|_| Unsound::Lengths);
            let (at, body) = (fits(block.offset())?, fits(block.bodyLength())?);
            let described = fits(i64::from(block.metaDataLength()))?;
            let message = self.message(at)?.ok_or(Unsound::Lengths)?;
            let body_at = at.checked_add(described).ok_or(Unsound::Lengths)?;
            if body_at.checked_add(body).is_none_or(|end| end > self.size) {
                return Err(Unsound::Lengths);
            }
            self.unpacked(&message.0, body_at)?;
        }
        Ok(())
    }

    /// A stream: one message after the other, to the end of the file or to its mark.
    fn stream(&mut self) -> Result<(), Unsound> {
        let mut at = 0;
        while at < self.size {
            let Some((description, body_at)) = self.message(at)? else {
                return Ok(());
            };
            let message = arrow_ipc::root_as_message(&description);
            let body = message.map_err(|_| Unsound::Lengths)?.bodyLength();
            let body = u64::try_from(body).map_err(|_| Unsound::Lengths)?;
            at = body_at.checked_add(body).ok_or(Unsound::Lengths)?;
            if at > self.size {
                return Err(Unsound::Lengths);
            }
            self.unpacked(&description, body_at)?;
        }
        // Without a mark at its end nothing tells a whole stream from one that was cut off.
        Err(Unsound::Lengths)
    }

    /// The description of the message at a position, and where its body begins; none at the end.
    fn message(&mut self, at: u64) -> Result<Option<(Vec<u8>, u64)>, Unsound> {
        let first = self.four(at)?;
        let (length, prefix) = if first == CONTINUES {
            (self.four(at.saturating_add(4))?, 8)
        } else {
            (first, 4)
        };
        if length == 0 {
            return Ok(None);
        }
        let length = u64::from(length);
        if length > DESCRIPTION_CAP {
            return Err(Unsound::Lengths);
        }
        let start = at.saturating_add(prefix);
        let description = self.bytes(start, length)?;
        Ok(Some((description, start.saturating_add(length))))
    }

    /// Adds up what packed buffers say that they unpack to.
    fn unpacked(&mut self, description: &[u8], body_at: u64) -> Result<(), Unsound> {
        let message = arrow_ipc::root_as_message(description).map_err(|_| Unsound::Lengths)?;
        let dictionary = message.header_as_dictionary_batch();
        let batch = message
            .header_as_record_batch()
            .or_else(|| dictionary.and_then(|dictionary| dictionary.data()));
        let Some(batch) = batch.filter(|batch| batch.compression().is_some()) else {
            return Ok(());
        };
        let (mut sum, mut packed) = (0_u64, 0_u64);
        for buffer in batch.buffers().into_iter().flatten() {
            if buffer.length() < 8 {
                continue;
            }
            let offset = u64::try_from(buffer.offset()).map_err(|_| Unsound::Lengths)?;
            let at = body_at.checked_add(offset).ok_or(Unsound::Lengths)?;
            let bytes = self.bytes(at, 8)?;
            let bytes = bytes.try_into().map_err(|_| Unsound::Lengths)?;
            // -1 is a buffer that is not packed.
            let said = i64::from_le_bytes(bytes).max(0).unsigned_abs();
            sum = sum.checked_add(said).ok_or(Unsound::TooLarge)?;
            packed = packed.saturating_add(buffer.length().unsigned_abs());
        }
        if is_bomb(packed, sum) {
            return Err(Unsound::TooLarge);
        }
        Ok(())
    }
}
