"""Appendix A: MQB at α = 1/2."""
