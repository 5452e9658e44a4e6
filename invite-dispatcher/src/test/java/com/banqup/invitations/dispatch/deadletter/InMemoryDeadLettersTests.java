package com.banqup.invitations.dispatch.deadletter;

class InMemoryDeadLettersTests implements DeadLettersContract {

	private final InMemoryDeadLetters letters = new InMemoryDeadLetters();

	@Override
	public DeadLetters letters() {
		return this.letters;
	}

}
