/** One mapping, made by Rollcall, by hand, by Apache Commons JEXL and by the Spring Expression Language. */
@NullMarked
package dev.rollcall.benchmarks.mapping;

import org.jspecify.annotations.NullMarked;
