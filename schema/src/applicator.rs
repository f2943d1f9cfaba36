//! Schemas that apply to the same value: `allOf`, `not`, `if`, `dependentSchemas` and references.

use serde_json::Value;

use crate::arena::{Condition, Id};
use crate::check::Check;
use crate::evaluated::Evaluated;
use crate::sentence::Sentence;
use crate::violation::ViolationKind;

impl<'a> Check<'a> {
    /// Where a dynamic reference leads: the outermost resource of the dynamic scope that has the anchor decides (2020-12
    /// core, section 8.2.3.2).
    pub(crate) fn dynamic_target(&self, to: Id, anchor: Option<&str>) -> Id {
        let Some(anchor) = anchor else { return to };
        let mut anchors = self.scope.iter().filter_map(|resource| self.arena.dynamic.get(*resource as usize));
        anchors.find_map(|anchors| anchors.get(anchor)).copied().unwrap_or(to)
    }

    pub(crate) fn all_of(&mut self, all: &[Id], value: &'a Value, mut evaluated: Option<&mut Evaluated<'a>>) -> bool {
        let mut admits = true;
        for id in all {
            admits &= self.schema(*id, value, evaluated.as_deref_mut());
            if !self.goes_on(admits) {
                break;
            }
        }
        admits
    }

    pub(crate) fn not(&mut self, excluded: Id, value: &'a Value) -> bool {
        !self.branch(excluded, value, None) || self.fail(ViolationKind::NotAllowed, || Sentence::Excluded)
    }

    pub(crate) fn condition(
        &mut self,
        condition: &Condition,
        value: &'a Value,
        mut evaluated: Option<&mut Evaluated<'a>>,
    ) -> bool {
        let holds = self.branch(condition.test, value, evaluated.as_deref_mut());
        let consequence = if holds { condition.then } else { condition.otherwise };
        consequence.is_none_or(|id| self.schema(id, value, evaluated))
    }

    pub(crate) fn dependent_schemas(
        &mut self,
        dependent: &[(String, Id)],
        value: &'a Value,
        mut evaluated: Option<&mut Evaluated<'a>>,
    ) -> bool {
        let Value::Object(members) = value else { return true };
        let mut admits = true;
        for (_, id) in dependent.iter().filter(|(key, _)| members.contains_key(key)) {
            admits &= self.schema(*id, value, evaluated.as_deref_mut());
            if !self.goes_on(admits) {
                break;
            }
        }
        admits
    }
}
