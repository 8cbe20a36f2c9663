//! A typed column in one of few forms, whatever type it came in, and each value of it as a cell.

use crate::columns::{Columns, Role};
use crate::messages::tables as messages;
use crate::problem::Place;
use crate::problem::Problem;
use crate::record::{CellValue, Exact};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array,
    LargeStringArray, StringArray, StringViewArray,
};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, Schema, TimeUnit};
use hjemmel_engine::time::Day;

/// The values of one column.
#[derive(Clone)]
pub(crate) enum Values {
    Text(Texts),
    /// Each different text once; for each row which of them.
    Shared(Shared),
    Whole(Int64Array),
    /// With so many decimals.
    Decimal(Decimal128Array, u8),
    Float(Float64Array),
    /// Days since 1970.
    Days(Date32Array),
    /// Units since 1970, of which a day has so many.
    Times(Int64Array, i64),
    YesNo(BooleanArray),
}

crate::hide::sealed!(Values);

/// Texts, one for each row.
#[derive(Clone)]
pub(crate) enum Texts {
    Short(StringArray),
    Long(LargeStringArray),
    View(StringViewArray),
}

crate::hide::sealed!(Texts);

/// Texts that many rows share.
#[derive(Clone)]
pub(crate) struct Shared {
    /// For each row a position in `texts`; of a blank any.
    keys: Vec<usize>,
    blank: Option<NullBuffer>,
    texts: Texts,
}

crate::hide::sealed!(Shared);

const MILLISECONDS: i64 = 86_400_000;

impl Values {
    /// The column in its form; none if its type is not read.
    pub(crate) fn of(array: &ArrayRef) -> Option<Self> {
        Some(match array.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
                Self::Text(Texts::of(array)?)
            }
            DataType::Dictionary(..) => {
                let shared = array.as_any_dictionary_opt()?;
                Self::Shared(Shared {
                    texts: Texts::of(shared.values())?,
                    keys: match shared.values().is_empty() {
                        true => vec![0; array.len()],
                        false => shared.normalized_keys(),
                    },
                    blank: array.nulls().cloned(),
                })
            }
            DataType::Int8 => whole::<Int8Type>(array),
            DataType::Int16 => whole::<Int16Type>(array),
            DataType::Int32 => whole::<Int32Type>(array),
            DataType::Int64 => Self::Whole(array.as_primitive_opt::<Int64Type>()?.clone()),
            DataType::UInt8 => whole::<UInt8Type>(array),
            DataType::UInt16 => whole::<UInt16Type>(array),
            DataType::UInt32 => whole::<UInt32Type>(array),
            DataType::UInt64 => {
                let numbers = array.as_primitive_opt::<UInt64Type>()?;
                Self::Decimal(numbers.unary(i128::from), 0)
            }
            DataType::Decimal128(_, scale) => {
                let numbers = array.as_primitive_opt::<Decimal128Type>()?;
                Self::Decimal(numbers.clone(), u8::try_from(*scale).ok()?)
            }
            DataType::Float32 => {
                let numbers = array.as_primitive_opt::<Float32Type>()?;
                Self::Float(numbers.unary(f64::from))
            }
            DataType::Float64 => Self::Float(array.as_primitive_opt::<Float64Type>()?.clone()),
            DataType::Date32 => Self::Days(array.as_primitive_opt::<Date32Type>()?.clone()),
            DataType::Date64 => {
                let times = array.as_primitive_opt::<Date64Type>()?;
                Self::Times(times.reinterpret_cast(), MILLISECONDS)
            }
            DataType::Timestamp(unit, None) => times(array, *unit)?,
            DataType::Boolean => Self::YesNo(array.as_boolean_opt()?.clone()),
            _ => return None,
        })
    }

    /// The value of a row; a missing one is blank.
    pub(crate) fn cell(&self, row: usize) -> CellValue<'_> {
        self.known(row).unwrap_or(CellValue::Text(""))
    }

    fn known(&self, row: usize) -> Option<CellValue<'_>> {
        Some(match self {
            Self::Text(texts) => CellValue::Text(texts.get(row)?),
            Self::Shared(shared) => CellValue::Text(shared.texts.get(shared.key(row)?)?),
            Self::Whole(numbers) => {
                CellValue::Exact(Exact::whole(value(numbers, numbers.values(), row)?))
            }
            Self::Decimal(numbers, decimals) => CellValue::Exact(Exact {
                digits: value(numbers, numbers.values(), row)?,
                decimals: *decimals,
            }),
            Self::Float(numbers) => CellValue::Number(value(numbers, numbers.values(), row)?),
            Self::Days(days) => CellValue::Date {
                day: Some(Day::from_number(near(i64::from(value(
                    days,
                    days.values(),
                    row,
                )?)))),
                with_time: false,
            },
            Self::Times(times, day) => {
                let time = value(times, times.values(), row)?;
                CellValue::Date {
                    day: Some(Day::from_number(near(time.div_euclid(*day)))),
                    with_time: time.rem_euclid(*day) != 0,
                }
            }
            Self::YesNo(answers) => {
                let known = row < answers.len() && answers.is_valid(row);
                CellValue::Yes(known.then(|| answers.value(row))?)
            }
        })
    }
}

/// Whether a type is read.
pub(crate) fn reads(ty: &DataType) -> bool {
    match ty {
        DataType::Dictionary(_, values) => matches!(
            values.as_ref(),
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
        ),
        DataType::Decimal128(_, scale) => 0 <= *scale,
        DataType::Timestamp(_, zone) => zone.is_none(),
        DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Float32
        | DataType::Float64
        | DataType::Date32
        | DataType::Date64
        | DataType::Boolean => true,
        ty => ty.is_integer(),
    }
}

impl Texts {
    fn of(array: &dyn Array) -> Option<Self> {
        Some(match array.data_type() {
            DataType::Utf8 => Self::Short(array.as_string_opt()?.clone()),
            DataType::LargeUtf8 => Self::Long(array.as_string_opt()?.clone()),
            DataType::Utf8View => Self::View(array.as_string_view_opt()?.clone()),
            _ => return None,
        })
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Short(texts) => texts.len(),
            Self::Long(texts) => texts.len(),
            Self::View(texts) => texts.len(),
        }
    }

    /// The text at a position; none if there is none.
    #[inline]
    pub(crate) fn get(&self, at: usize) -> Option<&str> {
        match self {
            Self::Short(texts) => (at < texts.len() && texts.is_valid(at)).then(|| texts.value(at)),
            Self::Long(texts) => (at < texts.len() && texts.is_valid(at)).then(|| texts.value(at)),
            Self::View(texts) => (at < texts.len() && texts.is_valid(at)).then(|| texts.value(at)),
        }
    }
}

impl Shared {
    /// Which text a row has; none if it is blank.
    #[inline]
    pub(crate) fn key(&self, row: usize) -> Option<usize> {
        match &self.blank {
            Some(blank) if row >= blank.len() || blank.is_null(row) => None,
            _ => self.keys.get(row).copied(),
        }
    }

    pub(crate) fn texts(&self) -> &Texts {
        &self.texts
    }
}

/// The value of a row that has one.
#[inline]
pub(crate) fn value<T: Copy>(array: &impl Array, values: &[T], row: usize) -> Option<T> {
    let known = row < array.len() && array.is_valid(row);
    known.then(|| values.get(row).copied()).flatten()
}

/// A day number no farther away than a calendar reaches: beyond, all are equally out of range.
fn near(days: i64) -> i32 {
    let days = days.clamp(-4_000_000, 4_000_000);
    i32::try_from(days).unwrap_or(0)
}

fn whole<T>(array: &ArrayRef) -> Values
where
    T: arrow_array::ArrowPrimitiveType,
    i64: From<T::Native>,
{
    Values::Whole(array.as_primitive::<T>().unary(i64::from))
}

fn times(array: &ArrayRef, unit: TimeUnit) -> Option<Values> {
    let (times, day) = match unit {
        TimeUnit::Second => (
            array
                .as_primitive_opt::<TimestampSecondType>()?
                .reinterpret_cast(),
            86_400,
        ),
        TimeUnit::Millisecond => (
            array
                .as_primitive_opt::<TimestampMillisecondType>()?
                .reinterpret_cast(),
            MILLISECONDS,
        ),
        TimeUnit::Microsecond => (
            array
                .as_primitive_opt::<TimestampMicrosecondType>()?
                .reinterpret_cast(),
            86_400_000_000,
        ),
        TimeUnit::Nanosecond => (
            array
                .as_primitive_opt::<TimestampNanosecondType>()?
                .reinterpret_cast(),
            86_400_000_000_000,
        ),
    };
    Some(Values::Times(times, day))
}

/// The positions of the columns that are read, rising. Refused if a type is not read.
pub(crate) fn positions(
    schema: &Schema,
    columns: &Columns,
    file: &Place,
) -> Result<Vec<usize>, Box<Problem>> {
    let mut positions = Vec::new();
    for column in &columns.used {
        let Some(field) = schema.fields().get(column.index) else {
            continue;
        };
        let place = Place {
            name: Some(column.name.clone()),
            ..file.clone()
        };
        let ty = field.data_type();
        let shown = ty.to_string();
        let is_text = matches!(
            ty,
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Dictionary(..)
        );
        let fits = column.role != Role::Key || is_text || ty.is_integer();
        match ty {
            DataType::Timestamp(_, Some(_)) => return Err(Box::new(messages::time_zone(place))),
            ty if !reads(ty) => {
                return Err(Box::new(messages::column_type(place, &shown)));
            }
            _ if !fits => return Err(Box::new(messages::key_type(place, &shown))),
            _ => positions.push(column.index),
        }
    }
    positions.sort_unstable();
    positions.dedup();
    Ok(positions)
}
