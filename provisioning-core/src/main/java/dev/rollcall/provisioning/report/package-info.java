/**
 * What a run did and would do, for people and other programs: the report in JSON and the plan as LDIF.
 *
 * <p>Begin with {@link dev.rollcall.provisioning.report.Report}. It reads plans and outcomes; what decides, and
 * what talks to a directory, does not come in here.
 */
@NullMarked
package dev.rollcall.provisioning.report;

import org.jspecify.annotations.NullMarked;
