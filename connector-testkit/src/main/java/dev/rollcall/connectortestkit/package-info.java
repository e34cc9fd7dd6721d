/**
 * The contract that every connector keeps, as tests. An author extends
 * {@link dev.rollcall.connectortestkit.ConnectorContract} and says how the application answers when all is well; the
 * contract brings the faults.
 */
@NullMarked
package dev.rollcall.connectortestkit;

import org.jspecify.annotations.NullMarked;
