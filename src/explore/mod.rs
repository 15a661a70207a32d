//! Playing a scenario by machine over the same step: the best playthrough that can be found.
