//! Values: literals, lengths and parameters, each with its type.

use super::{Declared, Resolver};
use crate::case::Value;
use crate::diagnostics::{names as errors, types};
use crate::model::{Bound, Field, FieldType, LengthValue, Literal, ParameterId, ParameterValue};
use crate::personal::Personal;
use crate::time::{Day, Length};
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::syntax::{self, Kind, Name};

/// The kind of a parameter's value, in words.
fn kind_of(value: ParameterValue) -> Text {
    match value {
        ParameterValue::Length(_) => Text::new("en længde af tid", "a length of time"),
        ParameterValue::Number(_) => Text::new("et tal", "a number"),
        ParameterValue::Date(_) => Text::new("en dato", "a date"),
        ParameterValue::YesNo(_) => Text::new("ja eller nej", "yes or no"),
    }
}

/// A literal's kind, in words.
pub(super) fn literal_kind(literal: &syntax::Literal) -> Text {
    match literal {
        syntax::Literal::Name(name) => Text::new(
            format!("ordet `{}`", name.text),
            format!("the word `{}`", name.text),
        ),
        syntax::Literal::Number(..) => Text::new("et tal", "a number"),
        syntax::Literal::Date(_) => Text::new("en dato", "a date"),
        syntax::Literal::Length(_) => Text::new("en længde af tid", "a length of time"),
        syntax::Literal::YesNo(..) => Text::new("ja eller nej", "yes or no"),
        syntax::Literal::Text(_) => Text::new("en tekst", "a text"),
    }
}

/// A field's type, in words.
pub(super) fn type_of(field: &Field) -> Text {
    match &field.ty {
        FieldType::Choice(_) => Text::new("et af faste ord", "one of fixed words"),
        FieldType::Number => Text::new("et tal", "a number"),
        FieldType::Date | FieldType::BirthDate => Text::new("en dato", "a date"),
        FieldType::YesNo => Text::new("ja eller nej", "yes or no"),
        FieldType::Text => Text::new("fritekst", "free text"),
    }
}

impl Resolver {
    /// A parameter's value as written.
    pub(super) fn parameter_value(
        &mut self,
        item: Declared<'_>,
        literal: &syntax::Literal,
    ) -> Option<ParameterValue> {
        let site = item.site(literal.span());
        match literal {
            syntax::Literal::Length(syntax::Length::Fixed { count, unit, .. }) => {
                Some(ParameterValue::Length(Length::new(*count, *unit)))
            }
            syntax::Literal::Number(number, _) => Some(ParameterValue::Number(*number)),
            syntax::Literal::Date(date) => Some(ParameterValue::Date(self.day(item, *date))),
            syntax::Literal::YesNo(yes, _) => Some(ParameterValue::YesNo(*yes)),
            syntax::Literal::Name(_) | syntax::Literal::Text(_) | syntax::Literal::Length(_) => {
                self.report(types::not_a_parameter_value(site));
                None
            }
        }
    }

    /// The parameter of that name, if its values are of the wanted kind.
    pub(super) fn parameter_named(
        &mut self,
        item: Declared<'_>,
        name: &Name,
        wanted: ParameterValue,
    ) -> Option<ParameterId> {
        let site = item.site(name.span);
        let Some(meaning) = self.names.lookup(&name.text) else {
            let known = self.names.like(&name.text, |kind| kind == Kind::Parameter);
            let diagnostic = errors::unknown_name(site, &name.text, Kind::Parameter, known);
            self.report(diagnostic);
            return None;
        };
        if meaning.kind != Kind::Parameter {
            let (kind, declared) = (meaning.kind, meaning.site);
            self.report(errors::wrong_kind(
                site,
                &name.text,
                kind,
                declared,
                Kind::Parameter,
            ));
            return None;
        }
        let id = ParameterId(meaning.index);
        let versions = self.model.parameters.get(id.0).map(|rule| &rule.versions);
        let mut values = versions
            .into_iter()
            .flatten()
            .flat_map(|version| &version.body.values);
        if let Some((_, value)) = values.next()
            && std::mem::discriminant(value) != std::mem::discriminant(&wanted)
        {
            let kind = kind_of(wanted);
            self.report(types::wrong_parameter(
                site,
                &name.text,
                &kind,
                meaning.site,
            ));
            return None;
        }
        Some(id)
    }

    /// A length of time, written out or a parameter's.
    pub(super) fn length(
        &mut self,
        item: Declared<'_>,
        length: &syntax::Length,
    ) -> Option<LengthValue> {
        match length {
            syntax::Length::Fixed { count, unit, .. } => {
                Some(Literal::Fixed(Length::new(*count, *unit)))
            }
            syntax::Length::Parameter(name) => self
                .parameter_named(item, name, ParameterValue::Length(Length::ZERO))
                .map(Literal::Parameter),
        }
    }

    /// A number, written out or a parameter's.
    pub(super) fn number(
        &mut self,
        item: Declared<'_>,
        literal: &syntax::Literal,
    ) -> Option<Literal<Bound>> {
        match literal {
            syntax::Literal::Number(number, _) => Some(Literal::Fixed(Bound::Number(*number))),
            syntax::Literal::Name(name)
            | syntax::Literal::Length(syntax::Length::Parameter(name)) => self
                .parameter_named(item, name, ParameterValue::Number(0))
                .map(Literal::Parameter),
            // The grammar reads nothing else here.
            _ => None,
        }
    }

    /// A date, written out or a parameter's.
    pub(super) fn date(
        &mut self,
        item: Declared<'_>,
        literal: &syntax::Literal,
    ) -> Option<Literal<Day>> {
        match literal {
            syntax::Literal::Date(date) => Some(Literal::Fixed(self.day(item, *date))),
            syntax::Literal::Name(name)
            | syntax::Literal::Length(syntax::Length::Parameter(name)) => self
                .parameter_named(item, name, ParameterValue::Date(Day::FIRST))
                .map(Literal::Parameter),
            // The grammar lets nothing else stand here.
            _ => None,
        }
    }

    /// A value that `field` can have; reports one that it cannot.
    pub(super) fn field_value(
        &mut self,
        item: Declared<'_>,
        field: &Field,
        literal: &syntax::Literal,
    ) -> Option<Value> {
        let site = item.site(literal.span());
        match (&field.ty, literal) {
            (_, syntax::Literal::Name(name)) if name.text == "ukendt" => {
                self.report(types::asks_for_unknown(site));
                None
            }
            (FieldType::Choice(values), syntax::Literal::Name(name)) => {
                let found = values.position(&name.text);
                if found.is_none() {
                    let known = values.iter().map(String::as_str);
                    self.report(errors::unknown_value(
                        site,
                        &name.text,
                        &field.name,
                        field.site,
                        known,
                    ));
                }
                found.map(Value::Choice)
            }
            // The decision of an assessment is `ja` or `nej` among fixed words.
            (FieldType::Choice(values), syntax::Literal::YesNo(yes, _)) => {
                let word = if *yes { "ja" } else { "nej" };
                let found = values.position(word);
                if found.is_none() {
                    let known = values.iter().map(String::as_str);
                    self.report(errors::unknown_value(
                        site,
                        word,
                        &field.name,
                        field.site,
                        known,
                    ));
                }
                found.map(Value::Choice)
            }
            (FieldType::Number, syntax::Literal::Number(number, _)) => Some(Value::Number(*number)),
            (FieldType::Date | FieldType::BirthDate, syntax::Literal::Date(date)) => {
                Some(Value::Date(self.day(item, *date)))
            }
            (FieldType::YesNo, syntax::Literal::YesNo(yes, _)) => Some(Value::YesNo(*yes)),
            (FieldType::Text, syntax::Literal::Text(text)) => {
                Some(Value::Text(Personal::new(&text.text)))
            }
            _ => {
                let (found, wanted) = (literal_kind(literal), type_of(field));
                self.report(types::wrong_type(
                    site,
                    &found,
                    &field.name,
                    &wanted,
                    field.site,
                ));
                None
            }
        }
    }

    /// What an ordered comparison of `field` compares with.
    pub(super) fn bound(
        &mut self,
        item: Declared<'_>,
        field: &Field,
        literal: &syntax::Literal,
    ) -> Option<Literal<Bound>> {
        let wanted = match field.ty {
            FieldType::Number => ParameterValue::Number(0),
            FieldType::Date | FieldType::BirthDate => ParameterValue::Date(Day::FIRST),
            _ => {
                self.report(types::no_order(
                    item.site(literal.span()),
                    &field.name,
                    field.site,
                ));
                return None;
            }
        };
        if let syntax::Literal::Name(name)
        | syntax::Literal::Length(syntax::Length::Parameter(name)) = literal
        {
            return self
                .parameter_named(item, name, wanted)
                .map(Literal::Parameter);
        }
        match self.field_value(item, field, literal)? {
            Value::Number(number) => Some(Literal::Fixed(Bound::Number(number))),
            Value::Date(day) => Some(Literal::Fixed(Bound::Date(day))),
            _ => None,
        }
    }
}
